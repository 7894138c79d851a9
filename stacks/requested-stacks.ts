import { matchesWildcard } from "@groundwork/constructs/core";

/** A stack by its id, and the one that is deployed before it. */
interface Stack {
  readonly id: string;
  readonly after?: string | undefined;
}

/**
 * The stacks that match a pattern, and those that are deployed before them. If there are no patterns, or if one of them matches no stack,
 * these are all stacks: the error about the pattern then lists them.
 */
export function requestedStacks<S extends Stack>(stacks: readonly S[], patterns: readonly string[]): readonly S[] {
  const isUnknown = (pattern: string) => !stacks.some(({ id }) => matchesWildcard(pattern, id));
  if (patterns.length === 0 || patterns.some(isUnknown)) return stacks;
  const requested = new Set<string | undefined>();
  // From the last to the first: a stack comes after the one that it needs.
  for (const { id, after } of [...stacks].reverse())
    if (requested.has(id) || patterns.some((pattern) => matchesWildcard(pattern, id))) requested.add(id).add(after);
  return stacks.filter(({ id }) => requested.has(id));
}
