/** The candidate that differs least from a text, or undefined when all differ in more than a third of their characters. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, changes: changesBetween(text.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.changes - other.changes);
  if (best === undefined) return undefined;
  return best.changes <= Math.max(1, Math.floor(Math.max(text.length, best.candidate.length) / 3))
    ? best.candidate
    : undefined;
}

/** Insertions, deletions, replacements and exchanges of neighbours that make one text from another (optimal string alignment). */
function changesBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  /** Changes between the first letters of both texts. */
  const changes = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isExchanged = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      rows[row]?.push(
        Math.min(
          changes(row - 1, column) + 1,
          changes(row, column - 1) + 1,
          changes(row - 1, column - 1) + Number(!isSame),
          isExchanged ? changes(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return changes(one.length, other.length);
}
