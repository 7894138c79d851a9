import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import { type AclRule, evaluateAcl } from "@groundwork/constructs/insight/reachability/model/network/network-acl";
import type { Packet } from "@groundwork/constructs/insight/reachability/model/traffic/packet";
import fc from "fast-check";
import { acl, aclRule } from "../../../../../support/network-model";

const PACKET: Packet = {
  protocol: "tcp",
  source: Cidr.parse("203.0.113.9/32"),
  sourcePorts: { first: 40_000, last: 40_000 },
  destination: Cidr.parse("10.0.0.5/32"),
  destinationPorts: { first: 443, last: 443 },
};

function decision(rules: readonly AclRule[], packet = PACKET): string {
  return evaluateAcl(acl("acl", rules, []), "inbound", packet).toString();
}

const anyRule = fc
  .record({
    number: fc.integer({ min: 1, max: 32_766 }),
    action: fc.constantFrom("allow" as const, "deny" as const),
    traffic: fc.constantFrom(Port.ALL, Port.HTTPS, Port.ALL_UDP, Port.tcpRange(400, 500), Port.SSH),
    source: fc.constantFrom(...["0.0.0.0/0", "203.0.113.0/24", "198.51.100.0/24"].map((text) => Cidr.parse(text))),
  })
  .map((rule): AclRule => rule);

describe("a network ACL", () => {
  test("applies the matching rule with the lowest number, independent of their order", () => {
    expect(decision([aclRule(200, "allow", Port.ALL), aclRule(100, "deny", Port.HTTPS)])).toBe(
      "blocked at network ACL acl, rule 100",
    );
    expect(decision([aclRule(200, "deny", Port.ALL), aclRule(100, "allow", Port.HTTPS)])).toBe(
      "allowed by network ACL acl, rule 100",
    );
  });

  test("denies by its default rule what no other rule matches", () => {
    expect(decision([aclRule(100, "allow", Port.SSH), aclRule(110, "allow", Port.ALL_UDP)])).toBe(
      "blocked at network ACL acl, rule *",
    );
  });

  test("matches addresses and ports of both endpoints", () => {
    const rules = [
      aclRule(100, "deny", Port.ALL, { source: Cidr.parse("198.51.100.0/24") }),
      aclRule(110, "deny", Port.ALL, { destination: Cidr.parse("10.0.1.0/24") }),
      aclRule(120, "deny", Port.ALL, { sourcePorts: { first: 0, last: 1_023 } }),
      aclRule(130, "allow", Port.ALL),
    ];
    expect(decision(rules)).toMatch(/rule 130$/);
    expect(decision(rules, { ...PACKET, source: Cidr.parse("198.51.100.1/32") })).toMatch(/rule 100$/);
    expect(decision(rules, { ...PACKET, destination: Cidr.parse("10.0.1.1/32") })).toMatch(/rule 110$/);
    expect(decision(rules, { ...PACKET, sourcePorts: { first: 1_000, last: 1_000 } })).toMatch(/rule 120$/);
  });

  test("is unknown where a rule may match and would decide differently", () => {
    const uncertain = (action: "allow" | "deny") => aclRule(100, action, Port.ALL, { source: { unknown: "later" } });
    expect(decision([uncertain("deny"), aclRule(200, "allow", Port.ALL)])).toMatch(/^unknown: .*rule 100/);
    expect(decision([uncertain("allow"), aclRule(200, "allow", Port.ALL)])).toBe(
      "allowed by network ACL acl, rule 200",
    );
    expect(decision([uncertain("allow")])).toMatch(/^unknown/);
    expect(decision([uncertain("deny")])).toBe("blocked at network ACL acl, rule *");
  });

  test("is unknown where rules are outside of the tree", () => {
    expect(evaluateAcl({ ...acl("acl", [], []), complete: false }, "inbound", PACKET).toString()).toMatch(/^unknown/);
  });

  test("never allows more with an additional deny rule, and never blocks more with an additional allow rule", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyRule, { selector: ({ number }) => number }), anyRule, (rules, more) => {
        fc.pre(rules.every(({ number }) => number !== more.number));
        const [before, after] = [decision(rules), decision([...rules, more])];
        if (more.action === "deny" && before.startsWith("blocked")) expect(after).toMatch(/^blocked/);
        if (more.action === "allow" && before.startsWith("allowed")) expect(after).toMatch(/^allowed/);
      }),
    );
  });
});
