import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import type { AclRule } from "@groundwork/constructs/insight/reachability/model/network-acl";
import { aclSays } from "@groundwork/constructs/insight/reachability/model/network-acl";
import type { Packet } from "@groundwork/constructs/insight/reachability/model/packet";
import fc from "fast-check";
import { acl, line } from "../../../../support/terrain";

const PACKET: Packet = {
  protocol: "tcp",
  source: Cidr.parse("203.0.113.9/32"),
  sourcePorts: { first: 40_000, last: 40_000 },
  destination: Cidr.parse("10.0.0.5/32"),
  destinationPorts: { first: 443, last: 443 },
};

function said(rules: readonly AclRule[], packet = PACKET): string {
  return aclSays(acl("acl", rules, []), "inbound", packet).toString();
}

const anyLine = fc
  .record({
    number: fc.integer({ min: 1, max: 32_766 }),
    action: fc.constantFrom("allow" as const, "deny" as const),
    traffic: fc.constantFrom(Port.ALL, Port.HTTPS, Port.ALL_UDP, Port.tcpRange(400, 500), Port.SSH),
    source: fc.constantFrom(...["0.0.0.0/0", "203.0.113.0/24", "198.51.100.0/24"].map((text) => Cidr.parse(text))),
  })
  .map((made): AclRule => made);

describe("a network ACL", () => {
  test("lets the rule with the lowest number decide, in whatever order they stand", () => {
    expect(said([line(200, "allow", Port.ALL), line(100, "deny", Port.HTTPS)])).toBe(
      "blocked at network ACL acl, rule 100",
    );
    expect(said([line(200, "deny", Port.ALL), line(100, "allow", Port.HTTPS)])).toBe(
      "allowed by network ACL acl, rule 100",
    );
  });

  test("denies by its last rule what no other is about", () => {
    expect(said([line(100, "allow", Port.SSH), line(110, "allow", Port.ALL_UDP)])).toBe(
      "blocked at network ACL acl, rule *",
    );
  });

  test("looks at addresses and ports of both ends", () => {
    const rules = [
      line(100, "deny", Port.ALL, { source: Cidr.parse("198.51.100.0/24") }),
      line(110, "deny", Port.ALL, { destination: Cidr.parse("10.0.1.0/24") }),
      line(120, "deny", Port.ALL, { sourcePorts: { first: 0, last: 1_023 } }),
      line(130, "allow", Port.ALL),
    ];
    expect(said(rules)).toMatch(/rule 130$/);
    expect(said(rules, { ...PACKET, source: Cidr.parse("198.51.100.1/32") })).toMatch(/rule 100$/);
    expect(said(rules, { ...PACKET, destination: Cidr.parse("10.0.1.1/32") })).toMatch(/rule 110$/);
    expect(said(rules, { ...PACKET, sourcePorts: { first: 1_000, last: 1_000 } })).toMatch(/rule 120$/);
  });

  test("does not tell where a rule may be about a packet and would decide otherwise", () => {
    const unclear = (action: "allow" | "deny") => line(100, action, Port.ALL, { source: { unknown: "later" } });
    expect(said([unclear("deny"), line(200, "allow", Port.ALL)])).toMatch(/^cannot know: .*rule 100/);
    expect(said([unclear("allow"), line(200, "allow", Port.ALL)])).toBe("allowed by network ACL acl, rule 200");
    expect(said([unclear("allow")])).toMatch(/^cannot know/);
    expect(said([unclear("deny")])).toBe("blocked at network ACL acl, rule *");
  });

  test("does not tell what rules say that stand elsewhere", () => {
    expect(aclSays({ ...acl("acl", [], []), complete: false }, "inbound", PACKET).toString()).toMatch(/^cannot know/);
  });

  test("never opens by a further deny, and never shuts by a further allow", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyLine, { selector: ({ number }) => number }), anyLine, (rules, more) => {
        fc.pre(rules.every(({ number }) => number !== more.number));
        const [before, after] = [said(rules), said([...rules, more])];
        if (more.action === "deny" && before.startsWith("blocked")) expect(after).toMatch(/^blocked/);
        if (more.action === "allow" && before.startsWith("allowed")) expect(after).toMatch(/^allowed/);
      }),
    );
  });
});
