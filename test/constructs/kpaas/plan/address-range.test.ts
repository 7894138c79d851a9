import { Cidr } from "@groundwork/constructs/core/cidr";
import { AddressRange } from "@groundwork/constructs/kpaas/plan/address-range";
import { KPS012, KPS022 } from "@groundwork/constructs/kpaas/rules";
import { HostPlan } from "@groundwork/constructs/openstack/network/host-plan";
import { OST017 } from "@groundwork/constructs/openstack/rules";
import fc from "fast-check";

const dotted = (address: number) => Cidr.containing(address, 32).address(0);
const anyAddress = fc.nat(0xffffffff);
const anyEnds = fc.tuple(anyAddress, anyAddress).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe("AddressRange", () => {
  test("contains exactly the addresses from its first to its last", () => {
    fc.assert(
      fc.property(anyEnds, anyAddress, ([from, to], address) => {
        const range = AddressRange.between(dotted(from), dotted(to));
        expect(range.contains(dotted(address))).toBe(from <= address && address <= to);
        expect(range.size).toBe(to - from + 1);
      }),
    );
  });

  test("parses its own notation", () => {
    fc.assert(
      fc.property(anyEnds, ([from, to]) => {
        const range = AddressRange.between(dotted(from), dotted(to));
        expect(AddressRange.parse(range.toString())).toEqual(range);
      }),
    );
  });

  test("is covered exactly by its blocks, of which no two could be merged", () => {
    expect(AddressRange.parse("192.168.7.150-192.168.7.160").blocks.map(String)).toEqual([
      "192.168.7.150/31",
      "192.168.7.152/29",
      "192.168.7.160/32",
    ]);
    fc.assert(
      fc.property(anyEnds, ([from, to]) => {
        const range = AddressRange.between(dotted(from), dotted(to));
        let next = from;
        for (const block of range.blocks) {
          expect(block.first).toBe(next);
          next = block.last + 1;
          const whole = block.prefix === 0 ? block : Cidr.containing(block.first, block.prefix - 1);
          expect(block.prefix === 0 || !range.isWithin(whole) || whole.first < from || whole.last > to).toBe(true);
        }
        expect(next).toBe(to + 1);
      }),
    );
  });

  test("has a largest part of at most n blocks", () => {
    const part = (text: string, count: number) => AddressRange.parse(text).within(count).toString();
    expect(part("192.168.7.33-192.168.7.190", 10)).toBe("192.168.7.34-192.168.7.189");
    expect(part("192.168.7.33-192.168.7.190", 1)).toBe("192.168.7.64-192.168.7.127");
    expect(part("192.168.7.150-192.168.7.160", 10)).toBe("192.168.7.150-192.168.7.160");
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(300), fc.integer({ min: 1, max: 12 }), (from, length, count) => {
        const range = AddressRange.between(dotted(from), dotted(from + length));
        const found = range.within(count);
        expect(found.blocks.length).toBeLessThanOrEqual(count);
        // No other part with at most as many blocks is larger: those that begin or end one address further out have more.
        const parts = Array.from({ length: length + 1 }, (_, first) =>
          AddressRange.between(dotted(from + first), dotted(Math.min(from + first + found.size, from + length))),
        ).filter(({ size }) => size > found.size);
        expect(parts.filter(({ blocks }) => blocks.length <= count)).toEqual([]);
      }),
    );
  });

  test("overlaps a block that contains one of its addresses", () => {
    fc.assert(
      fc.property(anyEnds, fc.integer({ min: 20, max: 32 }), anyAddress, ([from, to], prefix, somewhere) => {
        const block = Cidr.containing(somewhere, prefix);
        const overlaps = from <= block.last && to >= block.first;
        expect(AddressRange.between(dotted(from), dotted(to)).overlaps(block)).toBe(overlaps);
      }),
    );
  });

  test("is within a block that contains both of its ends", () => {
    fc.assert(
      fc.property(anyEnds, fc.integer({ min: 0, max: 32 }), anyAddress, ([from, to], prefix, somewhere) => {
        const block = Cidr.containing(somewhere, prefix);
        const inside = [from, to].every((address) => block.contains(Cidr.containing(address, 32)));
        expect(AddressRange.between(dotted(from), dotted(to)).isWithin(block)).toBe(inside);
      }),
    );
  });

  test("is within the block that it fills", () => {
    const block = Cidr.parse("192.168.7.0/24");
    expect(AddressRange.parse("192.168.7.0-192.168.7.255").isWithin(block)).toBe(true);
    expect(AddressRange.parse("192.168.7.0-192.168.8.0").isWithin(block)).toBe(false);
    expect(AddressRange.parse("192.168.6.255-192.168.7.255").isWithin(block)).toBe(false);
  });

  test("has the lab's addresses from a host plan (B3)", () => {
    const ranges = { worker: { first: 20, hosts: 20 }, services: { first: 150, hosts: 11 } };
    const hosts = new HostPlan({ subnet: Cidr.parse("192.168.7.0/24"), ranges });
    expect(AddressRange.planned(hosts, "services", 11).toString()).toBe("192.168.7.150-192.168.7.160");
    expect(() => AddressRange.planned(hosts, "services", 12)).toViolate(OST017, /12 of 11/);
  });

  test("with a planned range of its own contains no machine of another kind", () => {
    const anyRanges = fc.record({
      start: fc.integer({ min: 4, max: 60 }),
      nodes: fc.integer({ min: 1, max: 60 }),
      gap: fc.nat(60),
      size: fc.integer({ min: 1, max: 60 }),
      isFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(anyRanges, ({ start, nodes, gap, size, isFirst }) => {
        const [one, other] = isFirst ? [size, nodes] : [nodes, size];
        const positions = [
          { first: start, hosts: one },
          { first: start + one + gap, hosts: other },
        ] as const;
        const [services, worker] = isFirst ? positions : ([positions[1], positions[0]] as const);
        const hosts = new HostPlan({ subnet: Cidr.parse("192.168.7.0/24"), ranges: { services, worker } });
        const range = AddressRange.planned(hosts, "services", size);
        const contained = Array.from({ length: nodes }, (_, index) =>
          range.contains(hosts.address("worker", index + 1)),
        );
        expect(contained).not.toContain(true);
        expect([range.size, range.isWithin(Cidr.parse("192.168.7.0/24"))]).toEqual([size, true]);
      }),
    );
  });

  test("rejects a descending range", () => {
    fc.assert(
      fc.property(
        anyEnds.filter(([from, to]) => from < to),
        ([from, to]) => {
          expect(() => AddressRange.between(dotted(to), dotted(from))).toViolate(KPS012, /descending/);
        },
      ),
    );
  });

  test("does not contain an address that is known only at apply", () => {
    expect(AddressRange.parse("10.0.0.1-10.0.0.9").contains("${module.address}")).toBe(false);
  });

  test.each([
    ["192.168.7.160-192.168.7.150", KPS012, /write 192\.168\.7\.150-192\.168\.7\.160/],
    ["192.168.7.150", KPS012, /first-last/],
    ["192.168.7.150-192.168.7.160-1", KPS012, /first-last/],
    ["192.168.7.150-999.1.1.1", KPS022, /999/],
    ["192.168.7.150 - 192.168.7.160", KPS022, /"192\.168\.7\.150 "/],
    ["192.168.7.010-192.168.7.160", KPS022, /010/],
    ["${TfToken[TOKEN.1]}-192.168.7.160", KPS022, /known at synthesis/],
  ])("rejects %s", (text, rule, message) => {
    expect(() => AddressRange.parse(text)).toViolate(rule, message);
  });
});
