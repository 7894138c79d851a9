import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { CID001, PER001 } from "@groundwork/constructs/core/rules";

describe("Peer", () => {
  test("provides the parsed block", () => {
    expect(Peer.ipv4(Cidr.parse("203.0.113.0/24")).value).toBe("203.0.113.0/24");
    expect(Peer.ipv4("203.0.113.0/24").cidr?.size).toBe(256);
  });

  test("normalizes IPv6 blocks to lower case", () => {
    expect(Peer.ipv6("2001:DB8::/32").toString()).toBe("2001:db8::/32");
  });

  test("recognizes the whole internet", () => {
    expect([Peer.internet(), Peer.anyIpv4(), Peer.anyIpv6()].every((peer) => peer.isInternet)).toBe(true);
    expect([Peer.ipv4("10.0.0.0/8"), Peer.group("sg-1"), Peer.prefixList("pl-1")].some((peer) => peer.isInternet)).toBe(
      false,
    );
  });

  test("accepts values that are known only at apply", () => {
    expect([Peer.ipv4("${aws_vpc.v.cidr_block}"), Peer.ipv6("${aws_vpc.v.ipv6}")].map((peer) => peer.kind)).toEqual([
      "ipv4",
      "ipv6",
    ]);
  });

  test.each([
    () => Peer.ipv4("0.0.0.0/0"),
    () => Peer.ipv6("::/0"),
    () => Peer.ipv6("0:0::/0"),
    () => Peer.ipv6("10.0.0.0/8"),
    () => Peer.ipv6("2001:db8::"),
  ])("rejects the internet written as a block, and invalid blocks", (peer) => expect(peer).toViolate(PER001));

  test("rejects an invalid IPv4 block", () => expect(() => Peer.ipv4("10.0.0.0")).toViolate(CID001));
});
