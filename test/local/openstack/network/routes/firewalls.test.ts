import { emulator } from "../../support";
import { network, router } from "../../fixtures";

const cloud = emulator();
const create = (what: string, path: string, body = {}) =>
  cloud.openstack.create("network", `/v2.0/fwaas/${path}`, { [what]: body });
const remove = async (path: string) => (await cloud.openstack.delete("network", `/v2.0/fwaas/${path}`)).status;

async function chain() {
  const rule = await create("firewall_rule", "firewall_rules", {
    action: "allow",
    protocol: "tcp",
    destination_port: "22",
  });
  const policy = await create("firewall_policy", "firewall_policies", { firewall_rules: [rule.id] });
  const routerId = await router(cloud.openstack, (await network(cloud.openstack)).subnet);
  const [port] = await cloud.openstack.list("network", `/v2.0/ports?device_id=${routerId}`);
  const group = await create("firewall_group", "firewall_groups", {
    ingress_firewall_policy_id: policy.id,
    ports: [port?.id],
  });
  return { rule: rule.id, policy: policy.id, group: group.id };
}

describe("firewalls", () => {
  test("become active after a poll, and cannot be deleted while active", async () => {
    const { group } = await chain();
    const show = async () => (await cloud.openstack.show("network", `/v2.0/fwaas/firewall_groups/${group}`))["status"];
    expect([await show(), await show()]).toEqual(["PENDING_CREATE", "ACTIVE"]);
    expect(await remove(`firewall_groups/${group}`)).toBe(409);
    await cloud.openstack.put("network", `/v2.0/fwaas/firewall_groups/${group}`, { firewall_group: { ports: [] } });
    expect([await show(), await show()]).toEqual(["PENDING_UPDATE", "INACTIVE"]);
    expect(await remove(`firewall_groups/${group}`)).toBe(204);
  });

  test("are deleted in the order group, policy, rule", async () => {
    const { rule, policy, group } = await chain();
    expect(await remove(`firewall_rules/${rule}`)).toBe(409);
    expect(await remove(`firewall_policies/${policy}`)).toBe(409);
    for (const path of [`firewall_groups/${group}`, `firewall_policies/${policy}`, `firewall_rules/${rule}`])
      expect(await remove(path)).toBe(204);
  });

  test("remove one rule from a policy", async () => {
    const { rule, policy } = await chain();
    const path = `/v2.0/fwaas/firewall_policies/${policy}`;
    expect(
      (await cloud.openstack.put("network", `${path}/remove_rule`, { firewall_rule_id: rule })).body,
    ).toMatchObject({ firewall_rules: [] });
    expect(await remove(`firewall_rules/${rule}`)).toBe(204);
  });

  test("reject unknown references", async () => {
    const statuses = [
      await cloud.openstack.post("network", "/v2.0/fwaas/firewall_policies", {
        firewall_policy: { firewall_rules: ["none"] },
      }),
      await cloud.openstack.post("network", "/v2.0/fwaas/firewall_groups", { firewall_group: { ports: ["none"] } }),
      await cloud.openstack.post("network", "/v2.0/fwaas/firewall_rules", { firewall_rule: { action: "maybe" } }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 400]);
  });

  test("update their description and list the policies of a rule", async () => {
    const { rule, policy } = await chain();
    const { body } = await cloud.openstack.put("network", `/v2.0/fwaas/firewall_rules/${rule}`, {
      firewall_rule: { description: "b" },
    });
    expect(body).toMatchObject({ firewall_rule: { description: "b", firewall_policy_id: [policy] } });
  });
});
