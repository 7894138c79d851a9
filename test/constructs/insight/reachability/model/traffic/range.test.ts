import {
  merged,
  overlap,
  type Range,
  split,
  within,
} from "@groundwork/constructs/insight/reachability/model/traffic/range";
import fc from "fast-check";

const anyRange: fc.Arbitrary<Range> = fc
  .tuple(fc.nat(40), fc.nat(12))
  .map(([first, length]) => ({ first, last: first + length }));

function numbers({ first, last }: Range): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

describe("a split range", () => {
  test("contains the same numbers, in order, once each", () => {
    fc.assert(
      fc.property(anyRange, fc.array(anyRange), (range, others) => {
        expect(split(range, others).flatMap(numbers)).toEqual(numbers(range));
      }),
    );
  });

  test("has no part that overlaps a splitting range partially", () => {
    fc.assert(
      fc.property(anyRange, fc.array(anyRange), (range, others) => {
        const parts = split(range, others);
        expect(parts.every((part) => others.every((other) => within(part, other) || !overlap(part, other)))).toBe(true);
      }),
    );
  });

  test("is not split elsewhere", () => {
    expect(
      split({ first: 0, last: 9 }, [
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

test("merged ranges contain the same numbers, with gaps between them", () => {
  fc.assert(
    fc.property(fc.array(anyRange), (ranges) => {
      const done = merged(ranges);
      const all = [...new Set(ranges.flatMap(numbers))].sort((left, right) => left - right);
      expect(done.flatMap(numbers)).toEqual(all);
      expect(done.slice(1).every(({ first }, n) => first > (done[n]?.last ?? 0) + 1)).toBe(true);
    }),
  );
});
