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
  const expressions = patterns.map(expressionOf);
  const isUnknown = (expression: RegExp) => !stacks.some(({ id }) => expression.test(id));
  if (expressions.length === 0 || expressions.some(isUnknown)) return stacks;
  const requested = new Set<string | undefined>();
  // From the last to the first: a stack comes after the one that it needs.
  for (const { id, after } of [...stacks].reverse())
    if (requested.has(id) || expressions.some((expression) => expression.test(id))) requested.add(id).add(after);
  return stacks.filter(({ id }) => requested.has(id));
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`);
}
