import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import type { Packet } from "@groundwork/constructs/insight/reachability/model/traffic/packet";
import {
  evaluateGroups,
  type PeerIdentity,
  type SecurityGroup,
} from "@groundwork/constructs/insight/reachability/model/network/security-group";
import { group, rule } from "../../../../../support/network-model";

const PACKET: Packet = {
  protocol: "tcp",
  source: Cidr.parse("10.0.1.7/32"),
  sourcePorts: { first: 40_000, last: 40_000 },
  destination: Cidr.parse("10.0.0.5/32"),
  destinationPorts: { first: 5_432, last: 5_432 },
};

function decision(
  groups: readonly SecurityGroup[],
  peerIdentity: PeerIdentity = { groups: ["web"] },
  packet = PACKET,
): string {
  return evaluateGroups(groups, "in", packet, peerIdentity).toString();
}

describe("security groups", () => {
  test("permit traffic that one rule of one group allows, and report the rule", () => {
    const database = group("database", rule("in", Port.tcp(5432), "web"));
    expect(decision([group("other"), database])).toBe('allowed by security group database, rule "tcp 5432 in web"');
  });

  test.each([
    ["another port", rule("in", Port.tcp(3306), "web")],
    ["another protocol", rule("in", Port.udp(5432), "web")],
    ["another group", rule("in", Port.tcp(5432), "batch")],
    ["another block", rule("in", Port.tcp(5432), "10.0.2.0/24")],
    ["the other direction", rule("out", Port.tcp(5432), "web")],
  ])("block traffic that only a rule for %s allows", (_, otherRule) => {
    expect(decision([group("database", otherRule)])).toBe(
      "blocked at security group database: no inbound rule matches",
    );
  });

  test("block everything where none is attached", () =>
    expect(decision([])).toMatch(/^blocked: no security group is attached/));

  test.each(["10.0.1.0/24", "0.0.0.0/0"])("permit traffic from the block %s", (block) => {
    expect(decision([group("database", rule("in", Port.ALL, block))], { groups: [] })).toMatch(/^allowed/);
  });

  test("are unknown for a group as peer where the groups of the peer are unknown", () => {
    const database = group("database", rule("in", Port.tcp(5432), "web"));
    expect(decision([database], { groups: undefined })).toMatch(/^unknown/);
    expect(decision([database], { groups: [] })).toMatch(/^blocked/);
  });

  test("are unknown for blocks and ports that are known only after apply, unless another property does not match", () => {
    const later = { unknown: "later" };
    const uncertain = (traffic: Port) => group("g", { direction: "in", traffic, peer: later, name: "office" });
    expect(decision([uncertain(Port.ALL)])).toBe(
      'unknown: whether security group g, rule "office", matches this traffic',
    );
    expect(decision([uncertain(Port.SSH)])).toMatch(/^blocked/);
    expect(decision([group("g", { ...rule("in", Port.ALL, "web"), traffic: later })])).toMatch(/^unknown/);
  });

  test("outside of the tree are unknown, unless a rule in the tree matches", () => {
    const imported = { ...group("sg-1", rule("in", Port.tcp(5432), "web")), complete: false };
    expect(decision([imported])).toMatch(/^allowed/);
    expect(decision([imported], { groups: ["batch"] })).toBe(
      "unknown: security group sg-1 has rules outside of this tree",
    );
  });

  test("match a prefix list by its key only", () => {
    const listed = group("g", { ...rule("in", Port.ALL, "web"), peer: { list: "s3" } });
    expect(decision([listed], { groups: [], list: "s3" })).toMatch(/^allowed/);
    expect(decision([listed], { groups: [] })).toMatch(/^unknown/);
  });
});
