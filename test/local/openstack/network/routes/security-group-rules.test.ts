import { emulator, type NhnClient, type StandardClient } from "../../support";

const cloud = emulator();
const SSH = {
  direction: "ingress",
  protocol: "tcp",
  port_range_min: 22,
  port_range_max: 22,
  remote_ip_prefix: "0.0.0.0/0",
};

const ANY = { direction: "ingress" };

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
    ["a protocol's name and number", SSH, { ...SSH, protocol: "6" }],
    ["everyone as a block and as no block", SSH, { ...SSH, remote_ip_prefix: null }],
    ["an address and its block", { ...SSH, remote_ip_prefix: "10.0.0.7" }, { ...SSH, remote_ip_prefix: "10.0.0.7/32" }],
    ["VRRP and protocol 112", { ...ANY, protocol: "vrrp" }, { ...ANY, protocol: "112" }],
    ["no protocol and none given", ANY, { ...ANY, protocol: null }],
  ])("are the same with %s", async (_case, first, second) => {
    expect(await add(cloud.openstack, first, second)).toEqual([201, 409]);
  });

  test("keep host bits of a block", async () => {
    expect(await add(cloud.openstack, { ...SSH, remote_ip_prefix: "10.0.0.7/8" })).toEqual([201]);
    const rules = await cloud.openstack.list("network", "/v2.0/security-group-rules?protocol=tcp");
    expect(rules.map(({ remote_ip_prefix: prefix }) => prefix)).toEqual(["10.0.0.7/8"]);
  });

  test.each([
    ["port 0", { ...SSH, port_range_min: 0 }],
    ["port 65536", { ...SSH, port_range_max: 65_536 }],
    ["ICMP type 256", { ...ANY, protocol: "icmp", port_range_min: 256 }],
    ["an ICMP code without a type", { ...ANY, protocol: "icmp", port_range_max: 0 }],
    ["an unknown protocol", { ...ANY, protocol: "carrier-pigeon" }],
    ["protocol 256", { ...ANY, protocol: "256" }],
    ["ICMPv6 in IPv4", { ...ANY, protocol: "ipv6-icmp" }],
    ["an IPv6 block in IPv4", { ...SSH, remote_ip_prefix: "::/0" }],
    ["an IPv4 block in IPv6", { ...SSH, ethertype: "IPv6" }],
    ["a prefix of 33", { ...SSH, remote_ip_prefix: "10.0.0.0/33" }],
    ["a description of 256 characters", { ...SSH, description: "x".repeat(256) }],
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
