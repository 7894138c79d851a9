import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { PER001 } from "@groundwork/constructs/core/rules";
import fc from "fast-check";

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
    expect([Peer.ipv4("${TfToken[TOKEN.1]}"), Peer.ipv6("${TfToken[TOKEN.2]}")].map((peer) => peer.kind)).toEqual([
      "ipv4",
      "ipv6",
    ]);
  });

  test.each([
    () => Peer.ipv4("0.0.0.0/0"),
    () => Peer.ipv6("::/0"),
    () => Peer.ipv6("0:0::/0"),
    ...[
      ...["10.0.0.0/8", "2001:db8::", ":::::/64", "1:2/64", "12345::/32", "2001:db8::/129", "2001:db8::/-1", "::/64x"],
      ...["2001:db8::/032", "fe80::1%eth0/64", "1:2:3:4:5:6:7:8:9/64", "1::2::3/64", "::ffff:10.0.0.0/104", "g::/16"],
      ...["2001:db8::/", "/64", "", " 2001:db8::/32", "2001:db8::/32\n", "2001:db8::/6.4", "foo"],
    ].map((block) => () => Peer.ipv6(block)),
    ...["${TfToken[TOKEN.1]} (ro) *", "${TfToken[TOKEN.1]},10.0.0.0/8"].map((block) => () => Peer.ipv4(block)),
    () => Peer.ipv6("${TfToken[TOKEN.1]} ::/0"),
    ...["", "sg 1", "web\n", "arn:aws:ec2:::x"].flatMap((id) => [() => Peer.group(id), () => Peer.prefixList(id)]),
  ])("rejects the internet written as a block, and invalid blocks and ids (%#)", (peer) =>
    expect(peer).toViolate(PER001),
  );

  test.each(["foo", "10.0.0.0", "10.0.0.1/8", "300.0.0.0/8", "10.0.0.0/33", "010.0.0.0/8", "${var.x}", "%{x}", ""])(
    "rejects %p as an IPv4 block",
    (block) => expect(() => Peer.ipv4(block)).toThrow(/CID00[12]/),
  );

  test("suggests the first address of an IPv6 block with host bits", () => {
    expect(() => Peer.ipv6("2001:db8::1/32")).toViolate(PER001, /has host bits set; write 2001:db8::\/32/);
  });

  test("accepts every IPv6 block, in any notation, and writes it as the clouds do", () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 1, max: 128 }),
        (groups, prefix) => {
          const masked = groups.map((value, index) => {
            const bits = Math.min(Math.max(prefix - index * 16, 0), 16);
            return value & (0xffff << (16 - bits)) & 0xffff;
          });
          if (masked.slice(0, 5).every((value) => value === 0) && masked[5] === 0xffff) return;
          const full = masked.map((value) => value.toString(16).padStart(4, "0").toUpperCase()).join(":");
          const { value } = Peer.ipv6(`${full}/${prefix}`);
          // The parser of the platform, which the URL standard defines, writes the same address.
          expect(`${new URL(`http://[${full}]/`).hostname.slice(1, -1)}/${prefix}`).toBe(value);
          expect(Peer.ipv6(value).value).toBe(value);
        },
      ),
    );
  });

  test("accepts a block around a value that is known only at apply", () => {
    expect(Peer.ipv4("${TfToken[TOKEN.1]}/32").value).toBe("${TfToken[TOKEN.1]}/32");
    expect(Peer.group("111122223333/sg-0123456789abcdef0").kind).toBe("group");
  });
});
