import { Cidr, isIpv4Address } from "@groundwork/constructs/core/cidr";
import { CID001, CID002 } from "@groundwork/constructs/core/rules";
import fc from "fast-check";
import { anyCidr } from "../../support/arbitrary";

describe("Cidr", () => {
  test("parses its own text form", () => {
    fc.assert(fc.property(anyCidr(), (cidr) => Cidr.parse(cidr.toString()).equals(cidr)));
  });

  test.each(["10.0.0.0", "10.0.0/16", "10.0.0.256/16", "10.0.0.0/33", "010.0.0.0/8", "10.0.0.0/016", "a.b.c.d/8", ""])(
    "rejects %p as a block",
    (text) => expect(() => Cidr.parse(text)).toViolate(CID001),
  );

  test("rejects host bits and suggests the containing block", () => {
    expect(() => Cidr.parse("10.0.0.1/16", "lab.network")).toViolate(CID002, /lab\.network.*write 10\.0\.0\.0\/16/);
  });

  test("distinguishes private from public address space", () => {
    expect(
      ["10.1.0.0/16", "172.31.0.0/16", "192.168.7.0/24", "100.64.0.0/10"].every((c) => Cidr.parse(c).isPrivate),
    ).toBe(true);
    expect(["8.8.8.0/24", "172.32.0.0/16", "0.0.0.0/0", "10.0.0.0/7"].some((c) => Cidr.parse(c).isPrivate)).toBe(false);
  });

  test("overlaps another block exactly when one contains the other", () => {
    fc.assert(
      fc.property(
        anyCidr(),
        anyCidr(),
        (cidr, other) => cidr.overlaps(other) === (cidr.contains(other) || other.contains(cidr)),
      ),
    );
  });

  test("divides a block into parts without gaps", () => {
    const parts = [0, 1, 2, 3].map((n) => Cidr.parse("10.0.0.0/16").part(18, n).toString());
    expect(parts).toEqual(["10.0.0.0/18", "10.0.64.0/18", "10.0.128.0/18", "10.0.192.0/18"]);
  });

  test("counts addresses from either end", () => {
    const cidr = Cidr.parse("10.0.0.0/24");
    expect([cidr.address(1), cidr.address(-1), cidr.address(-2)]).toEqual(["10.0.0.1", "10.0.0.255", "10.0.0.254"]);
  });
});

describe("isIpv4Address", () => {
  test("accepts the addresses of every block", () => {
    fc.assert(fc.property(anyCidr(), (cidr) => [0, -1].every((n) => isIpv4Address(cidr.address(n)))));
  });

  test.each(["10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.1/32", "host", ""])("rejects %p", (text) => {
    expect(isIpv4Address(text)).toBe(false);
  });
});
