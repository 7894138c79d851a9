import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import type { Packet } from "@groundwork/constructs/insight/reachability/model/packet";
import type { FarEnd, SecurityGroup } from "@groundwork/constructs/insight/reachability/model/security-group";
import { groupsSay } from "@groundwork/constructs/insight/reachability/model/security-group";
import { group, rule } from "../../../../support/terrain";

const PACKET: Packet = {
  protocol: "tcp",
  source: Cidr.parse("10.0.1.7/32"),
  sourcePorts: { first: 40_000, last: 40_000 },
  destination: Cidr.parse("10.0.0.5/32"),
  destinationPorts: { first: 5_432, last: 5_432 },
};

function said(groups: readonly SecurityGroup[], farEnd: FarEnd = { groups: ["web"] }, packet = PACKET): string {
  return groupsSay(groups, "in", packet, farEnd).toString();
}

describe("security groups", () => {
  test("let in what one rule of one group allows, and name the rule", () => {
    const database = group("database", rule("in", Port.tcp(5432), "web"));
    expect(said([group("other"), database])).toBe('allowed by security group database, rule "tcp 5432 in web"');
  });

  test.each([
    ["another port", rule("in", Port.tcp(3306), "web")],
    ["another protocol", rule("in", Port.udp(5432), "web")],
    ["another group", rule("in", Port.tcp(5432), "batch")],
    ["another block", rule("in", Port.tcp(5432), "10.0.2.0/24")],
    ["the other direction", rule("out", Port.tcp(5432), "web")],
  ])("shut what only a rule about %s allows", (_, about) => {
    expect(said([group("database", about)])).toBe("blocked at security group database: no rule lets it in");
  });

  test("shut everything where there is none", () => expect(said([])).toMatch(/^blocked: no security group/));

  test.each(["10.0.1.0/24", "0.0.0.0/0"])("let in by the block %s", (block) => {
    expect(said([group("database", rule("in", Port.ALL, block))], { groups: [] })).toMatch(/^allowed/);
  });

  test("do not tell about members of a group where nobody knows who carries it", () => {
    const database = group("database", rule("in", Port.tcp(5432), "web"));
    expect(said([database], { groups: undefined })).toMatch(/^cannot know/);
    expect(said([database], { groups: [] })).toMatch(/^blocked/);
  });

  test("do not tell about a block or ports that are known at apply only, unless the rest shuts it", () => {
    const later = { unknown: "later" };
    const unclear = (traffic: Port) => group("g", { direction: "in", traffic, peer: later, name: "office" });
    expect(said([unclear(Port.ALL)])).toBe(
      'cannot know: whether security group g, rule "office", is about this traffic',
    );
    expect(said([unclear(Port.SSH)])).toMatch(/^blocked/);
    expect(said([group("g", { ...rule("in", Port.ALL, "web"), traffic: later })])).toMatch(/^cannot know/);
  });

  test("do not tell what a group that stands elsewhere shuts, but what a rule here opens", () => {
    const imported = { ...group("sg-1", rule("in", Port.tcp(5432), "web")), complete: false };
    expect(said([imported])).toMatch(/^allowed/);
    expect(said([imported], { groups: ["batch"] })).toBe(
      "cannot know: security group sg-1 has rules that this tree does not hold",
    );
  });

  test("know a list of prefixes by its key only", () => {
    const listed = group("g", { ...rule("in", Port.ALL, "web"), peer: { list: "s3" } });
    expect(said([listed], { groups: [], list: "s3" })).toMatch(/^allowed/);
    expect(said([listed], { groups: [] })).toMatch(/^cannot know/);
  });
});
