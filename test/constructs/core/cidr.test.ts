import { Cidr } from "@groundwork/constructs/core/cidr";
import { CID001, CID002 } from "@groundwork/constructs/core/rules";
import fc from "fast-check";
import { anyCidr } from "../../support/arbitrary";

describe("Cidr", () => {
  test("reads back what it writes", () => {
    fc.assert(fc.property(anyCidr(), (cidr) => Cidr.parse(cidr.toString()).equals(cidr)));
  });

  test.each(["10.0.0.0", "10.0.0/16", "10.0.0.256/16", "10.0.0.0/33", "010.0.0.0/8", "10.0.0.0/016", "a.b.c.d/8", ""])(
    "rejects %p, which is no block",
    (text) => expect(() => Cidr.parse(text)).toViolate(CID001),
  );

  test("rejects host bits and says which block was meant", () => {
    expect(() => Cidr.parse("10.0.0.1/16", "lab.network")).toViolate(CID002, /lab\.network.*write 10\.0\.0\.0\/16/);
  });

  test("knows private from public address space", () => {
    expect(
      ["10.1.0.0/16", "172.31.0.0/16", "192.168.7.0/24", "100.64.0.0/10"].every((c) => Cidr.parse(c).isPrivate),
    ).toBe(true);
    expect(["8.8.8.0/24", "172.32.0.0/16", "0.0.0.0/0", "10.0.0.0/7"].some((c) => Cidr.parse(c).isPrivate)).toBe(false);
  });

  test("overlaps exactly when one of two blocks contains the other", () => {
    fc.assert(
      fc.property(
        anyCidr(),
        anyCidr(),
        (one, other) => one.overlaps(other) === (one.contains(other) || other.contains(one)),
      ),
    );
  });

  test("cuts a block into parts that fill it without a gap", () => {
    const parts = [0, 1, 2, 3].map((n) => Cidr.parse("10.0.0.0/16").part(18, n).toString());
    expect(parts).toEqual(["10.0.0.0/18", "10.0.64.0/18", "10.0.128.0/18", "10.0.192.0/18"]);
  });

  test("counts addresses from either end", () => {
    const cidr = Cidr.parse("10.0.0.0/24");
    expect([cidr.address(1), cidr.address(-1), cidr.address(-2)]).toEqual(["10.0.0.1", "10.0.0.255", "10.0.0.254"]);
  });
});
