import { NetworkAcl as NetworkAclResource } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAcl } from "@groundwork/constructs/aws/network/security/network-acl";
import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { NET005, NET006, NET007, NET017 } from "@groundwork/constructs/aws/network/rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { awsStack, resource } from "../../../../support/fixture";

interface AclRule {
  readonly rule_no: number;
  readonly action: string;
  readonly cidr_block: string | null;
  readonly ipv6_cidr_block: string | null;
  readonly from_port: number;
  readonly to_port: number;
  readonly protocol: string;
}

function rulesOf(rules: NetworkAclRules, ipv6 = false): { ingress: string[]; egress: string[] } {
  const stack = awsStack();
  const networkBlocks = [Peer.ipv4("10.0.0.0/16"), Peer.ipv4("10.1.0.0/16")];
  new NetworkAcl(stack, "Acl", { networkId: "vpc-1", subnetIds: ["subnet-1"], rules, networkBlocks, ipv6 });
  const acl = resource(stack, NetworkAclResource) as unknown as Record<"ingress" | "egress", AclRule[]>;
  const text = (rule: AclRule) =>
    `${rule.rule_no} ${rule.action} ${rule.protocol} ${rule.from_port}-${rule.to_port} ${rule.cidr_block ?? rule.ipv6_cidr_block ?? ""}`;
  return { ingress: acl.ingress.map(text), egress: acl.egress.map(text) };
}

const office = Peer.ipv4("203.0.113.0/24");

describe("NetworkAcl", () => {
  test("allows the return traffic of inbound connections under the same number", () => {
    expect(rulesOf(NetworkAclRules.none().allowInbound(100, office, Port.SSH))).toEqual({
      ingress: ["100 allow 6 22-22 203.0.113.0/24"],
      egress: ["100 allow 6 1024-65535 203.0.113.0/24"],
    });
  });

  test("allows the return traffic of outbound connections", () => {
    expect(rulesOf(NetworkAclRules.none().allowOutbound(100, office, Port.udp(53)))).toEqual({
      ingress: ["100 allow 17 1024-65535 203.0.113.0/24"],
      egress: ["100 allow 17 53-53 203.0.113.0/24"],
    });
  });

  test("expands the peer network to every block of the network", () => {
    expect(rulesOf(NetworkAclRules.networkOnly()).ingress).toEqual([
      "100 allow -1 0-0 10.0.0.0/16",
      "101 allow -1 0-0 10.1.0.0/16",
    ]);
  });

  test("mirrors rules about all IPv4 addresses for IPv6 in a dual-stack network", () => {
    expect(rulesOf(NetworkAclRules.none().allowInbound(100, Peer.anyIpv4(), Port.ALL_ICMP), true).ingress).toEqual([
      "100 allow 1 0-0 0.0.0.0/0",
      "16100 allow 58 0-0 ::/0",
    ]);
  });

  test("orders its rules by number, as AWS evaluates them", () => {
    const rules = NetworkAclRules.none()
      .allowInbound(200, office, Port.HTTPS)
      .denyInbound(100, Peer.ipv4("198.51.100.0/24"), Port.ALL);
    expect(rulesOf(rules).ingress).toEqual(["100 deny -1 0-0 198.51.100.0/24", "200 allow 6 443-443 203.0.113.0/24"]);
  });

  test("is not changed by its methods", () => {
    const rules = NetworkAclRules.none();
    rules.allowInbound(1, office, Port.SSH);
    expect(rules.entries).toEqual([]);
  });

  test("rejects duplicate numbers, in either direction of a pair", () => {
    const rules = NetworkAclRules.none().allowInbound(100, office, Port.SSH);
    expect(() => rulesOf(rules.allowOutbound(100, office, Port.HTTPS))).toViolate(NET005, /ingress rule number 100/);
    expect(() => rulesOf(rules.allowInbound(0, office, Port.HTTPS))).toViolate(NET005);
    expect(() => rulesOf(NetworkAclRules.networkOnly().allowInbound(101, office, Port.HTTPS))).toViolate(NET005);
  });

  test.each([
    ["a port of the return traffic", NetworkAclRules.web().denyInbound(50, Peer.anyIpv4(), Port.tcp(3389))],
    [
      "return traffic to one peer",
      NetworkAclRules.none().allowInbound(100, office, Port.HTTPS).denyOutbound(50, office, Port.ALL_TCP),
    ],
    [
      "return traffic to part of the peers",
      NetworkAclRules.none()
        .allowInbound(100, Peer.ipv4("203.0.0.0/16"), Port.HTTPS)
        .denyOutbound(50, office, Port.EPHEMERAL_TCP),
    ],
  ])("rejects a deny that blocks %s", (_, rules) => {
    expect(() => rulesOf(rules)).toViolate(NET006, /rule 50 denies/);
  });

  test.each([
    ["of all protocols from a peer", NetworkAclRules.web().denyInbound(50, office, Port.ALL)],
    ["after the return rules", NetworkAclRules.web().denyInbound(500, Peer.anyIpv4(), Port.tcp(3389))],
    [
      "of another protocol",
      NetworkAclRules.none().allowInbound(100, office, Port.HTTPS).denyOutbound(50, office, Port.ALL_UDP),
    ],
    [
      "of another peer",
      NetworkAclRules.none()
        .allowInbound(100, office, Port.HTTPS)
        .denyOutbound(50, Peer.ipv6("2001:db8::/32"), Port.ALL_TCP),
    ],
  ])("accepts a deny %s", (_, rules) => {
    expect(() => rulesOf(rules)).not.toThrow();
  });

  test("rejects more rules than AWS accepts", () => {
    const many = Array.from({ length: 41 }, (_, n) => n + 1).reduce(
      (rules, n) => rules.denyInbound(n, office, Port.tcp(n)),
      NetworkAclRules.none(),
    );
    expect(() => rulesOf(many)).toViolate(NET007, /41 ingress rules/);
  });

  test.each([
    ["inbound", NetworkAclRules.none().allowInbound(100, Peer.group("sg-1"), Port.SSH)],
    ["outbound", NetworkAclRules.none().allowOutbound(100, Peer.prefixList("pl-1"), Port.SSH)],
    ["denied", NetworkAclRules.none().denyInbound(100, Peer.group("sg-1"), Port.SSH)],
  ])("rejects an %s rule about a security group or a prefix list, once", (_, rules) => {
    expect(() => rulesOf(rules)).toViolate(NET017, /^Violations: NET017 at test\/Acl: rule 100 .*; use blocks[^\n]*$/);
  });
});
