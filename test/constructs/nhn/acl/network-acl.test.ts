import { ObjectResource } from "@groundwork/provider-restapi/lib/object-resource";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { NetworkAcl } from "@groundwork/constructs/nhn/acl/network-acl";
import { Region } from "@groundwork/constructs/nhn/region";
import { RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { NHN009, NHN010, NHN011, NHN012, NHN013, NHN014 } from "@groundwork/constructs/nhn/rules";
import { Subnet } from "@groundwork/constructs/nhn/network/subnet";
import { DataResource } from "cdktf";
import { resource, resources, synthesized } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { object, objects, vpcStack } from "../../../support/nhn";

const cidr = Cidr.parse("172.31.0.0/20");
const office = Peer.ipv4("203.0.113.0/24");

function aclWith(rules: NetworkAclRules, from = 1_000, region = Region.KR1) {
  const { stack, api, vpc } = vpcStack(region);
  return { stack, api, vpc, acl: new NetworkAcl(stack, "Acl", { vpc, subnets: { private: { cidr, rules, from } } }) };
}

function linesOf(rules: NetworkAclRules): string[] {
  return objects(aclWith(rules).stack, "acl_rule").map(({ fields }) =>
    ["order", "policy", "protocol", "src_ip", "src_port_range_min", "src_port_range_max"]
      .concat("dst_ip", "dst_port_range_min", "dst_port_range_max")
      .map((name) => fields[name] ?? "-")
      .join(" "),
  );
}

describe("NetworkAcl", () => {
  test("creates an allow rule and its reply rule: the source port of replies is the destination port of the connection", () => {
    expect(linesOf(NetworkAclRules.none().allowInbound(100, office, Port.SSH))).toEqual([
      "16101 deny - 172.31.0.0/16 - - 172.31.0.0/16 - -",
      "1000 allow - 172.31.0.0/20 - - 172.31.0.0/20 - -",
      "17100 allow tcp 203.0.113.0/24 - - 172.31.0.0/20 22 22",
      "17101 allow tcp 172.31.0.0/20 22 22 203.0.113.0/24 1024 65535",
    ]);
  });

  test("omits the ports of a rule for all ports, and uses 1 as lowest port", () => {
    const rules = NetworkAclRules.none()
      .allowOutbound(100, office, Port.ALL_UDP)
      .denyInbound(110, office, Port.tcpRange(0, 79));
    expect(linesOf(rules).slice(-3)).toEqual([
      "17100 allow udp 172.31.0.0/20 - - 203.0.113.0/24 - -",
      "17101 allow udp 203.0.113.0/24 - - 172.31.0.0/20 1024 65535",
      "17110 deny tcp 203.0.113.0/24 - - 172.31.0.0/20 1 79",
    ]);
  });

  test("changes a rule's description in place, and replaces the rule on other changes", () => {
    const { stack } = aclWith(NetworkAclRules.none());
    const [line] = objects(stack, "acl_rule");
    expect(line?.changeable).toEqual({ description: "end of inside" });
    expect(line?.block["force_new"]).toEqual([
      expect.stringMatching(/^acl_id=/),
      "src_ip=172.31.0.0/16",
      "dst_ip=172.31.0.0/16",
      "policy=deny",
      "order=16101",
    ]);
  });

  test("keeps a rule's address when its content changes, so that two rules never have the same order at the same time", () => {
    const addresses = (rules: NetworkAclRules) =>
      objects(aclWith(rules).stack, "acl_rule").map(({ block }) => block.address);
    expect(addresses(NetworkAclRules.none().denyInbound(100, office, Port.SSH))).toEqual(
      addresses(NetworkAclRules.none().denyInbound(100, Peer.ipv4("198.51.100.0/24"), Port.ALL)),
    );
  });

  test("is bound to the network after its rules are created and the initial allow rule is removed", () => {
    const { stack } = aclWith(NetworkAclRules.outbound());
    const graph = graphOf(stack);
    const binding = object(stack, "acl_binding").block.address;
    const [enforcement] = graph.all("terraform_data");
    for (const { block } of objects(stack, "acl_rule")) {
      expect(graph.needs(String(enforcement), block.address)).toBe(true);
      expect(graph.needs(binding, block.address)).toBe(true);
    }
    expect(graph.needs(binding, String(enforcement))).toBe(true);
  });

  test("removes the initial rule with order 101 by the id that the cloud assigned", () => {
    const { stack } = aclWith(NetworkAclRules.none());
    const initial = resources(stack, ObjectResource).find((block) => block["read_path"] === "/v2.0/acl_rules");
    expect(initial).toMatchObject({
      provider: "restapi.rereading",
      create_method: "PUT",
      destroy_method: "GET",
      lifecycle: { ignore_changes: ["data"] },
    });
    const { triggers_replace: triggers, provisioner } = resource(stack, DataResource) as unknown as {
      triggers_replace: { rule: string };
      provisioner: [{ "local-exec": { command: string; environment: { URL: string; NHN_TOKEN: string } } }];
    };
    const [, name] =
      /^\$\{one\(\[for rule in jsondecode\((\S+)\.create_response\)\.acl_rules .*rule\.order == 101\]\)\}$/.exec(
        triggers.rule,
      ) ?? [""];
    expect(name).toBe(initial?.address);
    const { command, environment } = provisioner[0]["local-exec"];
    expect(command).toContain("--request DELETE");
    // Terraform would evaluate it as a template directive.
    expect(command).not.toMatch(/(?<!%)%\{/);
    expect(environment.URL).toContain(`/v2.0/acl_rules/${triggers.rule}`);
    expect(environment.NHN_TOKEN).toBe("${var.nhn_token}");
  });

  test("is a dependency of the machines in its subnets", () => {
    const { vpc, stack } = vpcStack();
    const subnet = new Subnet(stack, "Private", { cidr, routingTable: new RoutingTable(stack, "Table", { vpc }) });
    const before = subnet.routing.length;
    new NetworkAcl(stack, "Acl", {
      vpc,
      subnets: { private: { cidr, rules: NetworkAclRules.outbound(), from: 1_000 } },
    });
    expect(subnet.routing).toHaveLength(before + 1);
  });

  test.each([
    ["below NHN Cloud's range", 0, 101],
    ["above the range of rules inside the VPC", 0, 16_100],
    ["that is not an integer", 0.5, 1_000],
  ])("rejects an order %s", (_, from, number) => {
    const rules = NetworkAclRules.none().allowInbound(number, Peer.anyIpv4(), Port.SSH);
    expect(() => aclWith(rules, from)).toViolate(NHN009, /out of range or used twice/);
  });

  test("rejects duplicate orders: in a subnet, with the reply rule of an allow rule, and between subnets", () => {
    const ssh = NetworkAclRules.none().allowInbound(100, office, Port.SSH);
    expect(() => aclWith(ssh.denyInbound(100, office, Port.HTTP))).toViolate(NHN009, /order 17100/);
    expect(() => aclWith(ssh.allowInbound(101, office, Port.HTTP))).toViolate(NHN009, /order 17101/);
    const { stack, vpc } = vpcStack();
    const subnets = {
      private: { cidr, rules: ssh, from: 1_000 },
      public: { cidr: Cidr.parse("172.31.16.0/20"), rules: ssh, from: 1_000 },
    };
    expect(() => new NetworkAcl(stack, "Acl", { vpc, subnets })).toViolate(NHN009, /order 1000/);
  });

  test("rejects a deny rule that blocks the replies of an allow rule", () => {
    const rules = NetworkAclRules.outbound().denyInbound(50, Peer.anyIpv4(), Port.tcp(3389));
    expect(() => aclWith(rules)).toViolate(NHN010, /rule 50 of subnet "private" denies tcp 3389 ingress/);
  });

  test.each([
    ["IPv6", NetworkAclRules.none().allowInbound(100, Peer.anyIpv6(), Port.SSH)],
    ["a security group", NetworkAclRules.none().allowInbound(100, Peer.group("group-1"), Port.SSH)],
    ["ICMPv6", NetworkAclRules.none().allowInbound(100, office, Port.ALL_ICMPV6)],
  ])("rejects a rule for %s, which NHN Cloud does not support", (_, rules) => {
    expect(() => aclWith(rules)).toViolate(NHN011, /use IPv4 blocks/);
  });

  test("rejects an egress rule for another part of the VPC, which would have no effect", () => {
    const other = Peer.ipv4("172.31.16.0/20");
    expect(() => aclWith(NetworkAclRules.none().denyOutbound(100, other, Port.SSH))).toViolate(
      NHN011,
      /would deny egress to 172\.31\.16\.0\/20.*inbound rule/,
    );
  });

  test("rejects a second ACL of a VPC", () => {
    const { stack, vpc } = aclWith(NetworkAclRules.none());
    expect(() => new NetworkAcl(stack, "Second", { vpc, subnets: {} })).toViolate(NHN012, /in addition to test\/Acl/);
  });

  test("rejects an ACL without rules for a subnet of its VPC", () => {
    const { stack, vpc } = aclWith(NetworkAclRules.none());
    const routingTable = new RoutingTable(stack, "Table", { vpc });
    new Subnet(stack, "Forgotten", { cidr: Cidr.parse("172.31.32.0/20"), routingTable });
    expect(() => synthesized(stack)).toViolate(NHN012, /no rules for test\/Forgotten \(172\.31\.32\.0\/20\)/);
  });

  test("rejects more rules than the project's quota", () => {
    const many = Array.from({ length: 50 }, (_, n) => 100 + 2 * n).reduce(
      (rules, number) => rules.allowInbound(number, office, Port.tcp(number)),
      NetworkAclRules.none(),
    );
    expect(() => aclWith(many)).toViolate(NHN013, /102 network ACL rules/);
  });

  test("rejects a region without network ACLs", () => {
    expect(() => aclWith(NetworkAclRules.none(), 1_000, Region.JP1)).toViolate(NHN014, /a network ACL in region JP1/);
  });
});
