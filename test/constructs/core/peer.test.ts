import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { CID001, PER001 } from "@groundwork/constructs/core/rules";

describe("Peer", () => {
  test("keeps the block, so that it can be calculated with", () => {
    expect(Peer.ipv4(Cidr.parse("203.0.113.0/24")).value).toBe("203.0.113.0/24");
    expect(Peer.ipv4("203.0.113.0/24").cidr?.size).toBe(256);
  });

  test("writes IPv6 blocks in one way", () => {
    expect(Peer.ipv6("2001:DB8::/32").toString()).toBe("2001:db8::/32");
  });

  test("says the whole internet by a word, and knows it again", () => {
    expect([Peer.internet(), Peer.anyIpv4(), Peer.anyIpv6()].every((peer) => peer.isInternet)).toBe(true);
    expect([Peer.ipv4("10.0.0.0/8"), Peer.group("sg-1"), Peer.prefixList("pl-1")].some((peer) => peer.isInternet)).toBe(
      false,
    );
  });

  test("takes what only Terraform will know", () => {
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
  ])("rejects the internet typed as a block, and what is no block", (make) => expect(make).toViolate(PER001));

  test("rejects an IPv4 block that is none", () => expect(() => Peer.ipv4("10.0.0.0")).toViolate(CID001));
});
