import { emulator } from "../../support";
import { network } from "../../fixtures";

const cloud = emulator();
const group = (name = "nodes") =>
  cloud.openstack.create("network", "/v2.0/security-groups", { security_group: { name } });

describe("security groups", () => {
  test("initially allow all egress traffic, by rules that can be deleted", async () => {
    const { id, security_group_rules } = await group();
    const rules = security_group_rules as { id: string }[];
    expect(rules).toMatchObject([
      { direction: "egress", ethertype: "IPv4", protocol: null },
      { direction: "egress", ethertype: "IPv6", protocol: null },
    ]);
    for (const rule of rules) await cloud.openstack.delete("network", `/v2.0/security-group-rules/${rule.id}`);
    expect(await cloud.openstack.show("network", `/v2.0/security-groups/${id}`)).toMatchObject({
      security_group_rules: [],
    });
  });

  test("can be renamed", async () => {
    const { id } = await group();
    const { body } = await cloud.openstack.put("network", `/v2.0/security-groups/${id}`, {
      security_group: { name: "b" },
    });
    expect(body).toMatchObject({ security_group: { name: "b" } });
  });

  test("include a default group, which cannot be deleted", async () => {
    const [found] = await cloud.openstack.list("network", "/v2.0/security-groups?name=default");
    expect((await cloud.openstack.delete("network", `/v2.0/security-groups/${found?.id ?? ""}`)).status).toBe(409);
    await expect(group("default")).rejects.toThrow(/409/);
  });

  test("are limited to ten", async () => {
    for (let n = 0; n < 10; n += 1) await group();
    await expect(group()).rejects.toThrow(/OverQuota/);
  });

  test("cannot be deleted while a port uses them", async () => {
    const { id } = await group();
    const { network: network_id } = await network(cloud.openstack);
    const port = await cloud.openstack.create("network", "/v2.0/ports", {
      port: { network_id, security_groups: [id] },
    });
    expect((await cloud.openstack.delete("network", `/v2.0/security-groups/${id}`)).status).toBe(409);
    await cloud.openstack.delete("network", `/v2.0/ports/${port.id}`);
    expect((await cloud.openstack.delete("network", `/v2.0/security-groups/${id}`)).status).toBe(204);
  });

  test("are deleted with every rule that refers to them", async () => {
    const [first, other] = [await group(), await group()];
    const security_group_rule = { security_group_id: other.id, direction: "ingress", remote_group_id: first.id };
    await cloud.openstack.create("network", "/v2.0/security-group-rules", { security_group_rule });
    await cloud.openstack.delete("network", `/v2.0/security-groups/${first.id}`);
    expect(
      await cloud.openstack.list(
        "network",
        `/v2.0/security-group-rules?security_group_id=${other.id}&direction=ingress`,
      ),
    ).toEqual([]);
  });
});
