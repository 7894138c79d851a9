import { addressesOf, architectureOf, podsOf } from "@groundwork/constructs/aws/compute/instance-type";

describe("instance types", () => {
  test.each([
    "m7g.large",
    "t4g.medium",
    "c7gn.xlarge",
    "x2gd.large",
    "im4gn.large",
    "g5g.xlarge",
    "a1.large",
    "m6gd.large",
  ])("%s is arm64", (type) => {
    expect(architectureOf(type)).toBe("arm64");
  });

  test.each([
    "m5.large",
    "g4dn.xlarge",
    "g5.xlarge",
    "p4d.24xlarge",
    "m7i-flex.large",
    "u7i-12tb.224xlarge",
    "x2iedn.large",
  ])("%s is x86_64", (type) => {
    expect(architectureOf(type)).toBe("x86_64");
  });

  test.each([
    ["m5.large", 30, 29],
    ["m7g.large", 30, 29],
    ["m5.xlarge", 60, 58],
    ["t3.medium", 18, 17],
    ["t4g.large", 36, 35],
    ["m5.16xlarge", 750, 737],
  ])("%s uses %i addresses for %i pods", (type, addresses, pods) => {
    expect([addressesOf(type), podsOf(type)]).toEqual([addresses, pods]);
  });

  test.each(["p5.48xlarge", "m5.metal", "nonsense", "t3.16xlarge"])("returns undefined for %s", (type) => {
    expect([addressesOf(type), podsOf(type)]).toEqual([undefined, undefined]);
  });
});
