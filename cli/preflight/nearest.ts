/** `; the nearest is "m1.c2m8"`: the existing name with the fewest different characters, or nothing if none is similar. */
export function nearest(name: string, existing: readonly string[]): string {
  const ranked = existing
    .map((other) => ({ other, distance: distanceOf(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || a.other.localeCompare(b.other));
  const [best] = ranked;
  return best === undefined || best.distance > name.length / 2 ? "" : `; the nearest is "${best.other}"`;
}

/** Number of characters that are inserted, removed or replaced (Levenshtein). */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, character] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
