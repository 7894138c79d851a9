import { Cidr } from "@groundwork/constructs/core/cidr";
import { CidrPlan, type PlannedTier } from "@groundwork/constructs/core/cidr-plan";
import { defined } from "@groundwork/constructs/core/defined";
import { Slot } from "@groundwork/constructs/core/slot";
import { PLN001, PLN002, PLN003, PLN004, PLN005, PLN006 } from "@groundwork/constructs/core/rules";
import fc from "fast-check";

const masks = { largest: 16, smallest: 28 };
const block = Cidr.parse("10.0.0.0/16");

function planOf(
  tiers: readonly PlannedTier[],
  zones: readonly string[] = ["a", "b", "c"],
  blocks: [Cidr, ...Cidr[]] = [block],
) {
  return new CidrPlan({ blocks, zones, tiers, masks, at: "test/Network" });
}

function addresses(plan: CidrPlan): Record<string, string> {
  return Object.fromEntries(plan.subnets.map(({ tier, zone, cidr }) => [`${tier} ${zone}`, cidr.toString()]));
}

describe("Slot", () => {
  test.each([
    [Slot.half(2), "10.0.128.0/17"],
    [Slot.quarter(2), "10.0.64.0/18"],
    [Slot.eighth(1), "10.0.0.0/19"],
    [Slot.sixteenth(16), "10.0.240.0/20"],
    [Slot.thirtySecond(3), "10.0.16.0/21"],
    [Slot.parse("3/8"), "10.0.64.0/19"],
  ])("%s is a part of a block", (slot, cidr) => {
    expect(slot.of(block).toString()).toBe(cidr);
  });

  test.each([
    () => Slot.eighth(9),
    () => Slot.half(0),
    () => Slot.quarter(1.5),
    () => Slot.parse("1/3"),
    () => Slot.parse("9/8"),
  ])("rejects a part that does not exist", (slot) => expect(slot).toViolate(PLN005));
});

/**
 * Plans that are valid by construction: a different sixteenth of a block for each tier, any zones, and masks that fit.
 * All properties below hold for each of them.
 */
const anyPlan = fc.record({
  block: fc.integer({ min: 0, max: 255 }).map((n) => Cidr.parse(`10.${n}.0.0/16`)),
  zones: fc
    .subarray([..."abcdefgh"], { minLength: 1, maxLength: 6 })
    .chain((zones) => fc.shuffledSubarray(zones, { minLength: zones.length })),
  tiers: fc
    .subarray(
      Array.from({ length: 16 }, (_, n) => n + 1),
      { minLength: 1 },
    )
    .chain((nths) =>
      fc.tuple(
        ...nths.map((nth) =>
          fc.option(fc.integer({ min: 23, max: 28 }), { nil: undefined }).map((mask): PlannedTier => ({
            name: `tier-${nth}`,
            placement: Slot.sixteenth(nth),
            ...defined({ mask }),
          })),
        ),
      ),
    ),
});

describe("CidrPlan", () => {
  test("keeps every subnet inside its block and aligned to its own size", () => {
    fc.assert(
      fc.property(anyPlan, ({ block, zones, tiers }) =>
        planOf(tiers, zones, [block]).subnets.every(({ cidr }) => block.contains(cidr) && cidr.first % cidr.size === 0),
      ),
    );
  });

  test("gives every tier one subnet in every zone, without overlaps", () => {
    fc.assert(
      fc.property(anyPlan, ({ block, zones, tiers }) => {
        const { subnets } = planOf(tiers, zones, [block]);
        const disjoint = subnets.every(({ cidr }, n) =>
          subnets.slice(n + 1).every((other) => !cidr.overlaps(other.cidr)),
        );
        return disjoint && subnets.length === zones.length * tiers.length;
      }),
    );
  });

  test("moves no subnet when zones, tiers or blocks are added, in any order", () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(), fc.nat(), ({ block, zones, tiers }, fewerZones, fewerTiers) => {
        const larger = addresses(planOf(tiers, zones, [block, Cidr.parse("172.16.0.0/16")]));
        const someZones = zones.slice(0, 1 + (fewerZones % zones.length));
        const someTiers = [...tiers].reverse().slice(0, 1 + (fewerTiers % tiers.length));
        const smaller = addresses(planOf(someTiers, someZones, [block]));
        return Object.entries(smaller).every(([key, cidr]) => larger[key] === cidr);
      }),
    );
  });

  test("lists every address exactly once, as part of a subnet or as free", () => {
    fc.assert(
      fc.property(anyPlan, ({ block, zones, tiers }) => {
        const plan = planOf(tiers, zones, [block]);
        const all = [...plan.subnets.map(({ cidr }) => cidr), ...plan.free];
        const disjoint = all.every((cidr, n) => all.slice(n + 1).every((other) => !cidr.overlaps(other)));
        return disjoint && all.reduce((sum, cidr) => sum + cidr.size, 0) === block.size;
      }),
    );
  });

  test("gives every subnet a different IPv6 number", () => {
    fc.assert(
      fc.property(anyPlan, ({ block, zones, tiers }) => {
        const eighths = tiers
          .filter((_, n) => n % 2 === 0)
          .map((tier, n): PlannedTier => ({ ...tier, placement: Slot.eighth((n % 8) + 1) }));
        const plan = planOf(eighths.slice(0, 8), zones, [block]);
        const numbers = plan.subnets.map((subnet) => plan.numberOf(subnet));
        return new Set(numbers).size === numbers.length && numbers.every((number) => number >= 0 && number < 256);
      }),
    );
  });

  test("uses explicit blocks unchanged and plans the other tiers from their slots", () => {
    const data = { a: Cidr.parse("10.0.64.0/24"), b: Cidr.parse("10.0.65.0/24") };
    const plan = planOf(
      [
        { name: "data", placement: data },
        { name: "app", placement: Slot.half(2) },
      ],
      ["a", "b"],
    );
    expect(addresses(plan)).toEqual({
      "data a": "10.0.64.0/24",
      "data b": "10.0.65.0/24",
      "app a": "10.0.128.0/20",
      "app b": "10.0.144.0/20",
    });
  });

  test("plans a tier in a secondary block when the tier specifies it", () => {
    const second = Cidr.parse("100.64.0.0/16");
    const plan = planOf([{ name: "pods", placement: Slot.half(1), block: second }], ["a"], [block, second]);
    expect(addresses(plan)).toEqual({ "pods a": "100.64.0.0/20" });
  });

  test("prints the address map in address order, with the free parts", () => {
    const plan = planOf([{ name: "app", placement: Slot.half(2), mask: 18 + 2 }], ["a", "b"]);
    expect(plan.toString().split("\n")).toEqual([
      "10.0.0.0/16  65,536 addresses",
      "  10.0.0.0/17         free               32,768",
      "  10.0.128.0/20       app a               4,096",
      "  10.0.144.0/20       app b               4,096",
      "  10.0.160.0/19       free                8,192",
      "  10.0.192.0/18       free               16,384",
    ]);
  });

  test("returns no subnets for an unknown tier", () => {
    expect(planOf([{ name: "app", placement: Slot.half(1) }]).of("data")).toEqual([]);
  });

  test("rejects a tier that does not fit into its block, naming the tier and the masks that fit", () => {
    expect(() =>
      planOf([{ name: "private", placement: Slot.half(2), mask: 20 }], ["a", "b", "c"], [Cidr.parse("10.0.0.0/28")]),
    ).toViolate(
      PLN001,
      /at test\/Network: tier "private" needs 3 × \/20.*10\.0\.0\.0\/28.*give the network a \/16 or larger/,
    );
    expect(() => planOf([{ name: "app", placement: Slot.eighth(1), mask: 20 }])).toViolate(
      PLN001,
      /use masks from \/22 to \/28/,
    );
    expect(() => planOf([{ name: "app", placement: Slot.half(1), mask: 29 }])).toViolate(
      PLN001,
      /use masks from \/20 to \/28$/,
    );
    expect(() =>
      planOf([{ name: "app", placement: Slot.thirtySecond(1), mask: 16 }], ["a"], [Cidr.parse("10.0.0.0/24")]),
    ).toViolate(PLN001, /give the tier a larger slot, or explicit blocks/);
  });

  test("rejects an explicit block of a size that the cloud does not accept", () => {
    expect(() => planOf([{ name: "app", placement: { a: Cidr.parse("10.0.0.0/29") } }], ["a"])).toViolate(
      PLN001,
      /from \/16 to \/28/,
    );
  });

  test("rejects a tier in a block that the network does not have", () => {
    expect(() => planOf([{ name: "app", placement: Slot.half(1), block: Cidr.parse("10.9.0.0/16") }])).toViolate(
      PLN001,
      /add 10\.9\.0\.0\/16/,
    );
  });

  test("rejects overlapping tiers and lists the free parts", () => {
    expect(() =>
      planOf([
        { name: "first", placement: Slot.eighth(1) },
        { name: "other", placement: Slot.quarter(1) },
      ]),
    ).toViolate(
      PLN002,
      /tier "first" \(10\.0\.0\.0\/19\) and tier "other" \(10\.0\.0\.0\/18\).*still free: 10\.0\.64\.0\/18, 10\.0\.128\.0\/17/,
    );
  });

  test("rejects explicit blocks that overlap, also with addresses reserved for zones that are not in use yet", () => {
    const placement = { a: Cidr.parse("10.0.16.0/24") };
    expect(() =>
      planOf(
        [
          { name: "data", placement },
          { name: "app", placement: Slot.eighth(1) },
        ],
        ["a"],
      ),
    ).toViolate(PLN002, /tier "data" in zone "a"/);
    const twice = { a: Cidr.parse("10.0.0.0/24"), b: Cidr.parse("10.0.0.0/25") };
    expect(() => planOf([{ name: "data", placement: twice }], ["a", "b"])).toViolate(PLN002, /zone "a".*zone "b"/);
  });

  test("suggests a larger or second block when nothing is free", () => {
    const tiers = [1, 2].map((nth) => ({ name: `half-${nth}`, placement: Slot.half(nth) }));
    expect(() => planOf([...tiers, { name: "third", placement: Slot.half(1) }])).toViolate(
      PLN002,
      /larger or a second block/,
    );
  });

  test("rejects blocks that share addresses", () => {
    expect(() => planOf([], ["a"], [block, Cidr.parse("10.0.128.0/17")])).toViolate(PLN002, /choose disjoint blocks/);
  });

  test.each([[["a", "a"]], [["i"]], [["ap-northeast-2a"]], [[""]]])("rejects the zones %j", (zones) => {
    expect(() => planOf([], zones)).toViolate(PLN003);
  });

  test.each([["App"], [""], ["a-name-of-twenty-five-char"], ["1st"]])("rejects the tier name %p", (name) => {
    expect(() => planOf([{ name, placement: Slot.half(1) }])).toViolate(PLN004, /not a short lower-case name/);
  });

  test.each([24.5, NaN, -1, 33, Infinity])("rejects the mask %p", (mask) => {
    expect(() => planOf([{ name: "app", placement: Slot.half(1), mask }])).toViolate(PLN001, /tier "app"/);
  });

  test("rejects two tiers with the same name", () => {
    const tier = { name: "app", placement: Slot.half(1) };
    expect(() => planOf([tier, { ...tier, placement: Slot.half(2) }])).toViolate(PLN004, /used twice/);
  });

  test("rejects explicit blocks that omit a zone or are outside the network", () => {
    const placement = { a: Cidr.parse("10.0.0.0/24") };
    expect(() => planOf([{ name: "app", placement }], ["a", "b"])).toViolate(PLN006, /no block for zone "b"/);
    expect(() => planOf([{ name: "app", placement: { a: Cidr.parse("10.1.0.0/24") } }], ["a"])).toViolate(
      PLN006,
      /outside 10\.0\.0\.0\/16/,
    );
  });

  test("reports violations without a location when it has none", () => {
    expect(() => new CidrPlan({ blocks: [block], zones: ["z"], tiers: [], masks })).toViolate(
      PLN003,
      /^Violations: PLN003: /,
    );
  });
});
