import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import fc from "fast-check";
import { anyCidr } from "../../support/arbitrary";

const office = Peer.ipv4("203.0.113.0/24");

const anyPort = fc.oneof(
  fc
    .tuple(fc.nat(65535), fc.nat(65535))
    .map(([one, other]) => Port.tcpRange(Math.min(one, other), Math.max(one, other))),
  fc.nat(65535).map((port) => Port.udp(port)),
  fc.constantFrom(Port.ALL, Port.ALL_ICMP),
);

describe("NetworkAclRules", () => {
  test("never allows one direction without the other", () => {
    const anyAllow = fc.tuple(fc.boolean(), anyCidr(1), anyPort);
    fc.assert(
      fc.property(fc.array(anyAllow), (allows) => {
        const rules = allows.reduce(
          (set, [inbound, cidr, port], number) =>
            inbound
              ? set.allowInbound(number, Peer.ipv4(cidr), port)
              : set.allowOutbound(number, Peer.ipv4(cidr), port),
          NetworkAclRules.none(),
        );
        const openings = rules.entries.filter((entry) => !entry.answers);
        for (const opening of openings) {
          const answer = rules.entries.find((entry) => entry.answers && entry.number === opening.number);
          expect(answer).toMatchObject({ action: "allow", peer: opening.peer });
          expect(answer?.direction).not.toBe(opening.direction);
        }
        expect(rules.entries).toHaveLength(2 * openings.length);
      }),
    );
  });

  test("finds no answer swallowed where nothing is denied", () => {
    expect(NetworkAclRules.web().swallowedAnswers).toEqual([]);
  });

  test("finds answers that a deny of the network's own traffic takes away", () => {
    const rules = NetworkAclRules.networkOnly().denyOutbound(50, office, Port.ALL_TCP);
    expect(rules.swallowedAnswers).toEqual([]);
    expect(rules.allowInbound(60, office, Port.ALL).swallowedAnswers).toMatchObject([
      { deny: { number: 50 }, answer: { number: 60 } },
    ]);
  });

  test("compares blocks that only Terraform will know by their expression", () => {
    const [known, other] = [Peer.ipv4("${var.office}"), Peer.ipv4("${var.branch}")];
    const rules = NetworkAclRules.none().allowInbound(100, known, Port.HTTPS);
    expect(rules.denyOutbound(50, known, Port.ALL_TCP).swallowedAnswers).toHaveLength(1);
    expect(rules.denyOutbound(50, other, Port.ALL_TCP).swallowedAnswers).toEqual([]);
    expect(rules.denyOutbound(50, Peer.anyIpv4(), Port.ALL_TCP).swallowedAnswers).toHaveLength(1);
  });
});
