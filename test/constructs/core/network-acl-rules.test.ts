import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import fc from "fast-check";
import { anyCidr } from "../../support/arbitrary";

const office = Peer.ipv4("203.0.113.0/24");

const anyPort = fc.oneof(
  fc.tuple(fc.nat(65535), fc.nat(65535)).map(([from, to]) => Port.tcpRange(Math.min(from, to), Math.max(from, to))),
  fc.nat(65535).map((port) => Port.udp(port)),
  fc.constantFrom(Port.ALL, Port.ALL_ICMP),
);

describe("NetworkAclRules", () => {
  test("allows the return traffic of every allowed connection", () => {
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
        const openings = rules.entries.filter((entry) => !entry.isReturn);
        for (const opening of openings) {
          const reply = rules.entries.find((entry) => entry.isReturn && entry.number === opening.number);
          expect(reply).toMatchObject({ action: "allow", peer: opening.peer });
          expect(reply?.direction).not.toBe(opening.direction);
        }
        expect(rules.entries).toHaveLength(2 * openings.length);
      }),
    );
  });

  test("reports no blocked return traffic when nothing is denied", () => {
    expect(NetworkAclRules.web().blockedReturns).toEqual([]);
  });

  test("reports return traffic that a deny blocks, except traffic within the network", () => {
    const rules = NetworkAclRules.networkOnly().denyOutbound(50, office, Port.ALL_TCP);
    expect(rules.blockedReturns).toEqual([]);
    expect(rules.allowInbound(60, office, Port.ALL).blockedReturns).toMatchObject([
      { deny: { number: 50 }, reply: { number: 60 } },
    ]);
  });

  test("compares blocks that are known only at apply by their expression", () => {
    const [known, other] = [Peer.ipv4("${TfToken[TOKEN.1]}"), Peer.ipv4("${TfToken[TOKEN.2]}")];
    const rules = NetworkAclRules.none().allowInbound(100, known, Port.HTTPS);
    expect(rules.denyOutbound(50, known, Port.ALL_TCP).blockedReturns).toHaveLength(1);
    expect(rules.denyOutbound(50, other, Port.ALL_TCP).blockedReturns).toEqual([]);
    expect(rules.denyOutbound(50, Peer.anyIpv4(), Port.ALL_TCP).blockedReturns).toHaveLength(1);
  });
});
