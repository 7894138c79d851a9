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
  test("holds exactly the addresses from its first to its last", () => {
    fc.assert(
      fc.property(anyEnds, anyAddress, ([from, to], address) => {
        const range = AddressRange.between(dotted(from), dotted(to));
        expect(range.holds(dotted(address))).toBe(from <= address && address <= to);
        expect(range.size).toBe(to - from + 1);
      }),
    );
  });

  test("reads what it writes", () => {
    fc.assert(
      fc.property(anyEnds, ([from, to]) => {
        const range = AddressRange.between(dotted(from), dotted(to));
        expect(AddressRange.parse(range.toString())).toEqual(range);
      }),
    );
  });

  test("is the same addresses as its blocks, of which no two could be one", () => {
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
          expect(block.prefix === 0 || !range.liesIn(whole) || whole.first < from || whole.last > to).toBe(true);
        }
        expect(next).toBe(to + 1);
      }),
    );
  });

  test("meets a block when one of its addresses lies in it", () => {
    fc.assert(
      fc.property(anyEnds, fc.integer({ min: 20, max: 32 }), anyAddress, ([from, to], prefix, somewhere) => {
        const block = Cidr.containing(somewhere, prefix);
        const meets = from <= block.last && to >= block.first;
        expect(AddressRange.between(dotted(from), dotted(to)).meets(block)).toBe(meets);
      }),
    );
  });

  test("lies in a block when both of its ends do", () => {
    fc.assert(
      fc.property(anyEnds, fc.integer({ min: 0, max: 32 }), anyAddress, ([from, to], prefix, somewhere) => {
        const block = Cidr.containing(somewhere, prefix);
        const inside = [from, to].every((address) => block.contains(Cidr.containing(address, 32)));
        expect(AddressRange.between(dotted(from), dotted(to)).liesIn(block)).toBe(inside);
      }),
    );
  });

  test("lies in the block that it fills", () => {
    const block = Cidr.parse("192.168.7.0/24");
    expect(AddressRange.parse("192.168.7.0-192.168.7.255").liesIn(block)).toBe(true);
    expect(AddressRange.parse("192.168.7.0-192.168.8.0").liesIn(block)).toBe(false);
    expect(AddressRange.parse("192.168.6.255-192.168.7.255").liesIn(block)).toBe(false);
  });

  test("takes the lab's addresses from a plan (B3)", () => {
    const ranges = { worker: { first: 20, hosts: 20 }, services: { first: 150, hosts: 11 } };
    const hosts = new HostPlan({ subnet: Cidr.parse("192.168.7.0/24"), ranges });
    expect(AddressRange.planned(hosts, "services", 11).toString()).toBe("192.168.7.150-192.168.7.160");
    expect(() => AddressRange.planned(hosts, "services", 12)).toViolate(OST017, /12 of 11/);
  });

  test("planned in a room of its own meets nobody of another room", () => {
    const anyRooms = fc.record({
      start: fc.integer({ min: 4, max: 60 }),
      nodes: fc.integer({ min: 1, max: 60 }),
      gap: fc.nat(60),
      size: fc.integer({ min: 1, max: 60 }),
      isFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(anyRooms, ({ start, nodes, gap, size, isFirst }) => {
        const [one, other] = isFirst ? [size, nodes] : [nodes, size];
        const places = [
          { first: start, hosts: one },
          { first: start + one + gap, hosts: other },
        ] as const;
        const [services, worker] = isFirst ? places : ([places[1], places[0]] as const);
        const hosts = new HostPlan({ subnet: Cidr.parse("192.168.7.0/24"), ranges: { services, worker } });
        const range = AddressRange.planned(hosts, "services", size);
        const held = Array.from({ length: nodes }, (_, index) => range.holds(hosts.address("worker", index + 1)));
        expect(held).not.toContain(true);
        expect([range.size, range.liesIn(Cidr.parse("192.168.7.0/24"))]).toEqual([size, true]);
      }),
    );
  });

  test("fails downwards", () => {
    fc.assert(
      fc.property(
        anyEnds.filter(([from, to]) => from < to),
        ([from, to]) => {
          expect(() => AddressRange.between(dotted(to), dotted(from))).toViolate(KPS012, /downwards/);
        },
      ),
    );
  });

  test("holds nothing that only Terraform will know", () => {
    expect(AddressRange.parse("10.0.0.1-10.0.0.9").holds("${module.address}")).toBe(false);
  });

  test.each([
    ["192.168.7.160-192.168.7.150", KPS012, /write 192\.168\.7\.150-192\.168\.7\.160/],
    ["192.168.7.150", KPS012, /first-last/],
    ["192.168.7.150-192.168.7.160-1", KPS012, /first-last/],
    ["192.168.7.150-999.1.1.1", KPS022, /999/],
    ["192.168.7.150 - 192.168.7.160", KPS022, /"192\.168\.7\.150 "/],
    ["192.168.7.010-192.168.7.160", KPS022, /010/],
    ["${a}-192.168.7.160", KPS022, /known now/],
  ])("rejects %s", (text, rule, words) => {
    expect(() => AddressRange.parse(text)).toViolate(rule, words);
  });
});
