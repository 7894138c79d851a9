import { emulator, type NhnClient, type StandardClient } from "../../support";

const cloud = emulator();
const SSH = {
  direction: "ingress",
  protocol: "tcp",
  port_range_min: 22,
  port_range_max: 22,
  remote_ip_prefix: "0.0.0.0/0",
};

async function add(client: NhnClient | StandardClient, ...rules: readonly object[]): Promise<readonly number[]> {
  const { id } = await client.create("network", "/v2.0/security-groups", { security_group: { name: "nodes" } });
  const statuses = [];
  for (const rule of rules)
    statuses.push(
      (
        await client.post("network", "/v2.0/security-group-rules", {
          security_group_rule: { security_group_id: id, ...rule },
        })
      ).status,
    );
  return statuses;
}

describe("security group rules", () => {
  test("reject a duplicate", async () => {
    expect(await add(cloud.openstack, SSH, SSH, { ...SSH, direction: "egress" })).toEqual([201, 409, 201]);
  });

  test.each([
    ["ports without a protocol", { direction: "ingress", port_range_min: 22, port_range_max: 22 }],
    ["a range from the higher to the lower port", { ...SSH, port_range_max: 21 }],
    ["half of a range", { ...SSH, port_range_max: null }],
    ["an invalid block", { ...SSH, remote_ip_prefix: "everywhere" }],
    ["an unknown direction", { ...SSH, direction: "in" }],
  ])("reject %s", async (_case, rule) => {
    expect(await add(cloud.openstack, rule)).toEqual([400]);
  });

  test("have one peer, which must exist", async () => {
    const [group] = await cloud.openstack.list("network", "/v2.0/security-groups");
    expect(await add(cloud.openstack, { ...SSH, remote_group_id: group?.id })).toEqual([400]);
    expect(await add(cloud.openstack, { direction: "ingress", remote_group_id: "none" })).toEqual([404]);
  });

  test("are limited to IPv4 on NHN Cloud", async () => {
    const rule = { direction: "ingress", ethertype: "IPv6" };
    expect([await add(cloud.nhn, rule), await add(cloud.openstack, rule)]).toEqual([[400], [201]]);
  });

  test("accept type and code of ICMP as ports, in any order", async () => {
    expect(
      await add(cloud.openstack, { direction: "ingress", protocol: "icmp", port_range_min: 8, port_range_max: 0 }),
    ).toEqual([201]);
  });

  test("cannot be updated", async () => {
    await add(cloud.openstack, SSH);
    const [rule] = await cloud.openstack.list("network", "/v2.0/security-group-rules?protocol=tcp");
    expect((await cloud.openstack.put("network", `/v2.0/security-group-rules/${rule?.id ?? ""}`, {})).status).toBe(404);
  });
});
