import {
  formatAddress,
  contains,
  overlaps,
  parseAddress,
  parseBlock,
  isWithin,
} from "@groundwork/local/openstack/addresses";

describe("addresses", () => {
  test("parses and formats an address", () => {
    expect(formatAddress(parseAddress("172.31.255.1") ?? 0)).toBe("172.31.255.1");
  });

  test.each(["", "10.0.0", "10.0.0.256", "10.0.0.0.1", "a.b.c.d"])("does not parse %p as an address", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.1/24"])("rejects the block %p", (text) => {
    expect(() => parseBlock(text)).toThrow();
  });

  test("compares blocks", () => {
    const [vpc, subnet, other] = ["172.31.0.0/16", "172.31.16.0/20", "172.31.0.0/20"].map(parseBlock);
    if (vpc === undefined || subnet === undefined || other === undefined) throw new Error("three blocks");
    expect([isWithin(subnet, vpc), isWithin(vpc, subnet)]).toEqual([true, false]);
    expect([overlaps(subnet, vpc), overlaps(subnet, other)]).toEqual([true, false]);
    expect([contains(subnet, subnet.last), contains(subnet, subnet.last + 1)]).toEqual([true, false]);
  });
});
