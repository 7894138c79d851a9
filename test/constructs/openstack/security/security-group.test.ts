import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-v2";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { OST006, OST007, OST008 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { openstackStack } from "../../../support/openstack";

function groups(...ids: string[]) {
  const stack = openstackStack();
  const [web, database] = ids.map((id) => new SecurityGroup(stack, id, { description: `${id} servers` }));
  if (web === undefined) throw new Error("name a group");
  return { stack, web, database: database ?? web };
}

const office = Peer.ipv4("203.0.113.0/24");

/** Arguments of the rules, without the ids of groups. */
function created(stack: ReturnType<typeof openstackStack>) {
  return resources(stack, NetworkingSecgroupRuleV2).map((rule) => ({
    direction: rule["direction"],
    ethertype: rule["ethertype"],
    protocol: rule["protocol"],
    ports: [rule["port_range_min"], rule["port_range_max"]],
    block: rule["remote_ip_prefix"],
  }));
}

describe("SecurityGroup", () => {
  test("starts without rules", () => {
    const { stack } = groups("Web");
    expect(resource(stack, NetworkingSecgroupV2)).toMatchObject({
      name: "test-web",
      description: "Web servers",
      delete_default_rules: true,
    });
    expect(created(stack)).toEqual([]);
  });

  test.each([
    [Port.HTTPS, Peer.anyIpv4(), "IPv4", "tcp", [443, 443], "0.0.0.0/0"],
    [Port.tcpRange(30000, 32767), office, "IPv4", "tcp", [30000, 32767], "203.0.113.0/24"],
    [Port.ALL_UDP, office, "IPv4", "udp", [undefined, undefined], "203.0.113.0/24"],
    [Port.udpRange(0, 53), office, "IPv4", "udp", [1, 53], "203.0.113.0/24"],
    [Port.ALL_ICMP, office, "IPv4", "icmp", [undefined, undefined], "203.0.113.0/24"],
    [Port.ALL, Peer.ipv6("2001:db8::/32"), "IPv6", undefined, [undefined, undefined], "2001:db8::/32"],
    [Port.ALL_ICMPV6, Peer.anyIpv6(), "IPv6", "ipv6-icmp", [undefined, undefined], "::/0"],
  ])("translates %s for Neutron", (port, peer, ethertype, protocol, ports, block) => {
    const { stack, web } = groups("Web");
    web.connections.allowTo(peer, port, "somewhere");
    expect(created(stack)).toEqual([{ direction: "egress", ethertype, protocol, ports, block }]);
  });

  test("adds rules to both groups of a connection", () => {
    const { stack, web, database } = groups("Web", "Database");
    database.connections.allowFrom(web, Port.tcp(5432), "PostgreSQL from the web servers");
    const [first, second] = resources(stack, NetworkingSecgroupRuleV2);
    expect([first?.["direction"], second?.["direction"]].sort()).toEqual(["egress", "ingress"]);
    expect(first?.["security_group_id"]).toBe(second?.["remote_group_id"]);
    expect(second?.["security_group_id"]).toBe(first?.["remote_group_id"]);
    expect(first?.["description"]).toBe("PostgreSQL from the web servers");
  });

  test("adds rules to both groups for egress as well", () => {
    const { stack, web, database } = groups("Web", "Database");
    web.connections.allowTo(database, Port.tcp(5432), "PostgreSQL");
    expect(
      created(stack)
        .map(({ direction }) => direction)
        .sort(),
    ).toEqual(["egress", "ingress"]);
  });

  test("lets its members reach each other", () => {
    const { stack, web } = groups("Web");
    web.connections.allowWithin(Port.ALL, "members among themselves");
    const rules = resources(stack, NetworkingSecgroupRuleV2);
    expect(rules.map((rule) => rule["direction"]).sort()).toEqual(["egress", "ingress"]);
    expect(rules.map((rule) => rule["remote_group_id"] === rule["security_group_id"])).toEqual([true, true]);
  });

  test("derives rule ids independently of other rules", () => {
    const { stack, web } = groups("Web");
    web.connections.allowFrom(office, Port.HTTPS, "office");
    const before = resource(stack, NetworkingSecgroupRuleV2).address;
    web.connections.allowFrom(Peer.ipv4("198.51.100.0/24"), Port.HTTPS, "partner");
    expect(resources(stack, NetworkingSecgroupRuleV2).map((rule) => rule.address)).toContain(before);
  });

  test("adds rules to an imported group, and rules for a group that is given by id", () => {
    const stack = openstackStack();
    const group = SecurityGroup.fromId(stack, "Shared", "sg-1");
    group.connections.allowFrom(Peer.group("sg-2"), Port.HTTPS, "another team");
    expect(resource(stack, NetworkingSecgroupRuleV2)).toMatchObject({
      security_group_id: "sg-1",
      remote_group_id: "sg-2",
    });
  });

  test.each([Port.SSH, Port.tcpRange(3000, 4000), Port.ALL])(
    "rejects an administration port open to the internet (%s)",
    (port) => {
      const { web } = groups("Web");
      expect(() => web.connections.allowFrom(Peer.anyIpv4(), port, "admin")).toViolate(OST006, /at test\/Web/);
      expect(() => web.connections.allowFrom(office, port, "admin")).not.toThrow();
    },
  );

  test.each(["", "x".repeat(256)])("rejects the description %p", (description) => {
    const { web } = groups("Web");
    expect(() => web.connections.allowFrom(office, Port.SSH, description)).toViolate(OST007);
  });

  test("rejects a duplicate rule, and a prefix list", () => {
    const { web } = groups("Web");
    web.connections.allowFrom(office, Port.SSH, "administrators");
    expect(() => web.connections.allowFrom(office, Port.SSH, "again")).toViolate(OST008, /"again" repeats/);
    expect(() => web.connections.allowFrom(Peer.prefixList("pl-1"), Port.HTTPS, "list")).toViolate(OST008, /pl-1/);
  });
});
