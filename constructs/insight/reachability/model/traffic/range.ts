/** A closed range of numbers: addresses or ports. A `Cidr` is one, too. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** All ports. */
export const ALL_PORTS: Range = { first: 0, last: 65_535 };

/** Source ports of clients: the union of the ephemeral ports of Linux, Windows and NAT gateways. */
export const EPHEMERAL_PORTS: Range = { first: 1_024, last: 65_535 };

/** Whether the first range is part of the second. */
export function within(inner: Range, outer: Range): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/** Whether two ranges have a number in common. */
export function overlap(left: Range, right: Range): boolean {
  return left.first <= right.last && right.first <= left.last;
}

/**
 * Splits a range at the boundaries of others, so that each part is either inside or outside of each of them.
 *
 * @example split({ first: 0, last: 9 }, [{ first: 3, last: 5 }]) // 0-2, 3-5, 6-9
 */
export function split(range: Range, others: readonly Range[]): readonly Range[] {
  const boundaries = others
    .flatMap(({ first, last }) => [first, last + 1])
    .filter((n) => n > range.first && n <= range.last);
  const starts = [range.first, ...new Set(boundaries.sort((left, right) => left - right))];
  return starts.map((first, index) => ({ first, last: (starts[index + 1] ?? range.last + 1) - 1 }));
}

/** The same numbers in as few ranges as possible, sorted. */
export function merged(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort((left, right) => left.first - right.first);
  return sorted.reduce<Range[]>((done, range) => {
    const previous = done.at(-1);
    if (previous === undefined || range.first > previous.last + 1) return [...done, range];
    return [...done.slice(0, -1), { first: previous.first, last: Math.max(previous.last, range.last) }];
  }, []);
}
