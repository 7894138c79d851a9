import { Disk } from "@groundwork/constructs/aws/compute/disk";
import { allInstanceFacts } from "@groundwork/constructs/aws/compute/instance-facts";
import { isInstanceType } from "@groundwork/constructs/aws/compute/instance-type";
import { CMP004 } from "@groundwork/constructs/aws/compute/rules";
import { Size } from "@groundwork/constructs/core/size";
import fc from "fast-check";

describe("Disk", () => {
  test("gp3 accepts exactly the sizes and the performance that EBS offers", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70_000 }),
        fc.integer({ min: 0, max: 90_000 }),
        fc.integer({ min: 0, max: 1_100 }),
        (gibibytes, iops, throughput) => {
          const isValid =
            gibibytes <= 65_536 &&
            iops >= 3_000 &&
            iops <= Math.min(80_000, Math.max(3_000, gibibytes * 500)) &&
            throughput >= 125 &&
            throughput <= Math.min(1_000, iops / 4);
          const create = () => Disk.gp3({ size: Size.gibibytes(gibibytes), iops, throughput });
          if (isValid) expect(create).not.toThrow();
          else expect(create).toViolate(CMP004);
        },
      ),
    );
  });

  test("io2 accepts exactly the sizes and the IOPS that EBS offers", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70_000 }), fc.integer({ min: 0, max: 300_000 }), (gibibytes, iops) => {
        const isValid =
          gibibytes >= 4 && gibibytes <= 65_536 && iops >= 100 && iops <= Math.min(256_000, gibibytes * 1_000);
        const create = () => Disk.io2({ size: Size.gibibytes(gibibytes), iops });
        if (isValid) expect(create).not.toThrow();
        else expect(create).toViolate(CMP004);
      }),
    );
  });

  test.each([
    [() => Disk.gp3({ size: Size.mebibytes(1_500) })],
    [() => Disk.gp3({ size: Size.gibibytes(10), iops: 3_000.5 })],
    [() => Disk.io2({ size: Size.gibibytes(10), iops: NaN })],
  ])("rejects fractions (%#)", (create) => {
    expect(create).toViolate(CMP004);
  });
});

describe("the table of instance types", () => {
  test("has names and values that checks can use", () => {
    const wrong = [...allInstanceFacts()].filter(
      ([type, { cpus, gibibytes, iops, throughput, interfaces, addresses }]) =>
        !isInstanceType(type) ||
        ![cpus, gibibytes, interfaces, addresses].every((value) => value > 0) ||
        (iops === 0) !== (throughput === 0),
    );
    expect(wrong).toEqual([]);
    expect(allInstanceFacts().size).toBeGreaterThan(1_000);
  });

  // From DescribeInstanceTypes and the page "Amazon EBS-optimized instance types".
  test.each([
    ["m5.large", { cpus: 2, gibibytes: 8, iops: 18_750, throughput: 594, interfaces: 3, addresses: 10 }],
    ["t4g.nano", { cpus: 2, gibibytes: 0.5, iops: 11_800, throughput: 261, interfaces: 2, addresses: 2 }],
    ["m7i.24xlarge", { cpus: 96, gibibytes: 384, iops: 120_000, throughput: 3_750, interfaces: 15, addresses: 50 }],
  ])("knows %s", (type, facts) => expect(allInstanceFacts().get(type)).toEqual(facts));
});
