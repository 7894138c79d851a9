import { cut, joined, meet, within } from "@groundwork/constructs/insight/reachability/model/range";
import type { Range } from "@groundwork/constructs/insight/reachability/model/range";
import fc from "fast-check";

const anyRange: fc.Arbitrary<Range> = fc
  .tuple(fc.nat(40), fc.nat(12))
  .map(([first, length]) => ({ first, last: first + length }));

function numbers({ first, last }: Range): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

describe("a cut range", () => {
  test("is the same numbers, in order, each once", () => {
    fc.assert(
      fc.property(anyRange, fc.array(anyRange), (range, others) => {
        expect(cut(range, others).flatMap(numbers)).toEqual(numbers(range));
      }),
    );
  });

  test("has no part that lies half inside of what it was cut by", () => {
    fc.assert(
      fc.property(anyRange, fc.array(anyRange), (range, others) => {
        const parts = cut(range, others);
        expect(parts.every((part) => others.every((other) => within(part, other) || !meet(part, other)))).toBe(true);
      }),
    );
  });

  test("is cut nowhere else", () => {
    expect(
      cut({ first: 0, last: 9 }, [
        { first: 3, last: 5 },
        { first: 20, last: 30 },
      ]),
    ).toEqual([
      { first: 0, last: 2 },
      { first: 3, last: 5 },
      { first: 6, last: 9 },
    ]);
  });
});

test("joined ranges are the same numbers, with a gap between each two", () => {
  fc.assert(
    fc.property(fc.array(anyRange), (ranges) => {
      const done = joined(ranges);
      const all = [...new Set(ranges.flatMap(numbers))].sort((one, other) => one - other);
      expect(done.flatMap(numbers)).toEqual(all);
      expect(done.slice(1).every(({ first }, n) => first > (done[n]?.last ?? 0) + 1)).toBe(true);
    }),
  );
});
