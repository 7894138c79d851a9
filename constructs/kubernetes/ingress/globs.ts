/** A character that occurs in no pattern: it represents all characters that the patterns do not name. */
const OTHER = "\0";

/**
 * Whether every text that a pattern matches is matched by at least one of other patterns, in which `*` matches any characters
 * and `?` one character, as in the conditions of a load balancer.
 *
 * Follows the pattern and the set of all positions of the others through every possible text.
 *
 * @example covers(["/a", "/a/*"], "/a/b?") // true
 */
export function covers(patterns: readonly string[], pattern: string): boolean {
  const alphabet = new Set(
    [...pattern, ...patterns.join(""), OTHER].filter((letter) => letter !== "*" && letter !== "?"),
  );
  const start: State = { single: reachable(pattern, [0]), many: patterns.map((one) => reachable(one, [0])) };
  const seen = new Set([JSON.stringify(start)]);
  const queue = [start];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    if (ends(pattern, state.single) && !state.many.some((positions, index) => ends(patterns[index] ?? "", positions)))
      return false;
    for (const letter of alphabet) {
      const next: State = {
        single: step(pattern, state.single, letter),
        many: patterns.map((one, index) => step(one, state.many[index] ?? [], letter)),
      };
      const key = JSON.stringify(next);
      if (next.single.length === 0 || seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return true;
}

/** Positions in the pattern, and in each of the others, after the same text. */
interface State {
  readonly single: readonly number[];
  readonly many: readonly (readonly number[])[];
}

/** Positions after one more character. */
function step(pattern: string, positions: readonly number[], letter: string): readonly number[] {
  return reachable(
    pattern,
    positions.flatMap((position) => {
      const expected = pattern[position];
      if (expected === "*") return [position];
      return expected === "?" || expected === letter ? [position + 1] : [];
    }),
  );
}

/** The positions and those behind a `*`, which may match no character; sorted. */
function reachable(pattern: string, positions: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (let position of positions) {
    all.add(position);
    while (pattern[position] === "*") all.add(++position);
  }
  return [...all].sort((one, other) => one - other);
}

function ends(pattern: string, positions: readonly number[]): boolean {
  return positions.at(-1) === pattern.length;
}
