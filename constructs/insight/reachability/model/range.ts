/** Numbers from the first to the last: addresses or ports. An address block is one, too. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Every port. */
export const ALL_PORTS: Range = { first: 0, last: 65_535 };

/** Ports that whoever opens a connection may use for its own end: what Linux, Windows and NAT gateways use. */
export const CALLERS_PORTS: Range = { first: 1_024, last: 65_535 };

/** Whether the one is part of the other. */
export function within(inner: Range, outer: Range): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/** Whether two have a number in common. */
export function meet(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/**
 * Cuts a range where others begin and end, so that each part lies wholly inside or wholly outside of each of them.
 *
 * @example cut({ first: 0, last: 9 }, [{ first: 3, last: 5 }]) // 0-2, 3-5, 6-9
 */
export function cut(range: Range, others: readonly Range[]): readonly Range[] {
  const begins = others
    .flatMap(({ first, last }) => [first, last + 1])
    .filter((n) => n > range.first && n <= range.last);
  const starts = [range.first, ...new Set(begins.sort((one, other) => one - other))];
  return starts.map((first, index) => ({ first, last: (starts[index + 1] ?? range.last + 1) - 1 }));
}

/** The same numbers in as few ranges as possible, in order. */
export function joined(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort((one, other) => one.first - other.first);
  return sorted.reduce<Range[]>((done, range) => {
    const previous = done.at(-1);
    if (previous === undefined || range.first > previous.last + 1) return [...done, range];
    return [...done.slice(0, -1), { first: previous.first, last: Math.max(previous.last, range.last) }];
  }, []);
}
