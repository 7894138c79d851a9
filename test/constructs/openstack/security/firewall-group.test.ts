import { FwGroupV2 } from "@groundwork/provider-openstack/lib/fw-group-v2";
import { FwPolicyV2 } from "@groundwork/provider-openstack/lib/fw-policy-v2";
import { FwRuleV2 } from "@groundwork/provider-openstack/lib/fw-rule-v2";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { FirewallGroup, type FirewallRule } from "@groundwork/constructs/openstack/security/firewall-group";
import { OST008, OST016, OST025 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { NARROW, twoTiers } from "../../../support/openstack";

const web: FirewallRule = {
  name: "web",
  action: "allow",
  from: Peer.anyIpv4(),
  to: Peer.ipv4("172.31.16.0/20"),
  traffic: Port.HTTPS,
};

function firewall(...inbound: readonly FirewallRule[]) {
  const { stack, router } = twoTiers();
  new FirewallGroup(stack, "Firewall", { router, inbound, outbound: [] });
  return stack;
}

describe("FirewallGroup", () => {
  test("applies to the interfaces of its router", () => {
    const group = resource(firewall(web), FwGroupV2);
    expect(group["ports"]).toEqual([
      expect.stringMatching(/openstack_networking_router_interface_v2.*port_id/),
      expect.stringMatching(/openstack_networking_router_interface_v2.*port_id/),
    ]);
    expect(group["ingress_firewall_policy_id"]).toMatch(/inbound/);
    expect(group["egress_firewall_policy_id"]).toMatch(/outbound/);
  });

  test("keeps the order of its rules", () => {
    const stack = firewall({ ...web, name: "ssh", action: "deny", traffic: Port.SSH }, web);
    const rules = resources(stack, FwPolicyV2).map((policy) => (policy["rules"] ?? []) as readonly string[]);
    const inbound = rules.find(({ length }) => length > 0);
    expect(inbound).toEqual([expect.stringMatching(/inbound_ssh/), expect.stringMatching(/inbound_web/)]);
  });

  test.each([
    [Port.HTTPS, { protocol: "tcp", destination_port: "443" }],
    [Port.tcpRange(30000, 32767), { protocol: "tcp", destination_port: "30000:32767" }],
    [Port.ALL_UDP, { protocol: "udp", destination_port: "1:65535" }],
    [Port.ALL_ICMP, { protocol: "icmp" }],
    [Port.ALL, { protocol: "any" }],
  ])("translates %s for the firewall service", (traffic, expected) => {
    const rule = resource(firewall({ ...web, traffic }), FwRuleV2);
    expect(rule).toMatchObject({
      name: "test-firewall-inbound-web",
      action: "allow",
      ip_version: 4,
      source_ip_address: "0.0.0.0/0",
      destination_ip_address: "172.31.16.0/20",
      ...expected,
    });
  });

  test("rejects a duplicate name, and a peer that is not a block", () => {
    expect(() => firewall(web, web)).toViolate(OST025, /rule "web", which is in use/);
    expect(() => firewall({ ...web, from: Peer.group("sg-1") })).toViolate(OST008, /use IPv4 blocks/);
  });

  test("rejects a cloud without the firewall service", () => {
    const { stack, router } = twoTiers(NARROW);
    expect(() => new FirewallGroup(stack, "Firewall", { router, inbound: [], outbound: [], cloud: NARROW })).toViolate(
      OST016,
      /firewall groups on Narrow Cloud/,
    );
  });
});
