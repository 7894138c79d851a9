import { allInstanceFacts } from "@groundwork/constructs/aws/compute/instance-facts";
import { LoadUnit } from "@groundwork/constructs/aws/compute/load-unit";
import { CMP021 } from "@groundwork/constructs/aws/compute/rules";
import { Sizing } from "@groundwork/constructs/aws/compute/sizing";
import fc from "fast-check";

describe("Sizing", () => {
  test("uses at most 70 percent at the peak, and one machine less would exceed it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100_000, noNaN: true }),
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom(LoadUnit.vcpus(), LoadUnit.gibibytes(), LoadUnit.perVcpu("requests per second", 250)),
        fc.constantFrom("m7g", "c7i", "r6g"),
        (peak, least, unit, family) => {
          const sizing = Sizing.for({ peak, unit, least, families: [family] });
          expect(sizing.utilization).toBeLessThanOrEqual(0.7);
          expect(sizing.count).toBeGreaterThanOrEqual(least);
          const withoutOne = (sizing.count - 1) * sizing.each;
          expect(sizing.count === least || peak / withoutOne > 0.7 - 1e-9).toBe(true);
          expect(allInstanceFacts().has(sizing.instanceType)).toBe(true);
        },
      ),
    );
  });

  test("uses at least 60 percent whenever a type allows it", () => {
    fc.assert(
      fc.property(fc.double({ min: 5, max: 10_000, noNaN: true }), (peak) => {
        const { utilization } = Sizing.for({ peak, unit: LoadUnit.vcpus(), least: 1 });
        expect(utilization).toBeGreaterThanOrEqual(0.6);
      }),
    );
  });

  test.each([
    [Sizing.for({ peak: 20, unit: LoadUnit.vcpus() }), "2 × m7g.4xlarge: 20 of 32 vCPUs (63 %)"],
    [Sizing.for({ peak: 1, unit: LoadUnit.vcpus() }), "2 × m7g.medium: 1 of 2 vCPUs (50 %)"],
    [
      Sizing.for({ peak: 100, unit: LoadUnit.gibibytes(), least: 1, families: ["r7g"] }),
      "5 × r7g.xlarge: 100 of 160 GiB (63 %)",
    ],
    [
      Sizing.for({ peak: 3_000, unit: LoadUnit.perVcpu("requests per second", 250), least: 3 }),
      "5 × m7g.xlarge: 3000 of 5000 requests per second (60 %)",
    ],
  ])("chooses the fewest machines with such a utilization (%#)", (sizing, text) => {
    expect(sizing.toString()).toBe(text);
  });

  test("shows the calculation", () => {
    const sizing = Sizing.for({ peak: 3_000, unit: LoadUnit.perVcpu("requests per second", 250), least: 3 });
    expect(sizing.explain().split("\n")).toEqual([
      "peak load: 3000 requests per second",
      "at most 70 % of the capacity: 3000 / 0.7 = 4285.72 requests per second",
      `${sizing.instanceType}: ${sizing.each} requests per second (by vCPU with 250 requests per second)`,
      `machines: ${sizing.count}, in total ${sizing.capacity} requests per second`,
      `utilization at the peak: ${Math.round(sizing.utilization * 100)} %`,
    ]);
    expect(Sizing.for({ peak: 0.1, unit: LoadUnit.vcpus() }).explain()).toContain("below 60 %");
  });

  test("rejects loads, numbers and families without a result", () => {
    const unit = LoadUnit.vcpus();
    for (const peak of [0, -1, NaN, Infinity]) expect(() => Sizing.for({ peak, unit })).toViolate(CMP021, /above zero/);
    for (const least of [0, 1.5, 101]) expect(() => Sizing.for({ peak: 1, unit, least })).toViolate(CMP021, /1 to 100/);
    for (const family of ["", "t3", "m7g.large", "z99"])
      expect(() => Sizing.for({ peak: 1, unit, families: [family] })).toViolate(CMP021, /for example m7g/);
    for (const each of [0, -1, NaN, Infinity]) expect(() => LoadUnit.perVcpu("requests", each)).toViolate(CMP021);
  });
});
