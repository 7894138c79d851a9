import { matchesWildcard } from "@groundwork/constructs/core";
import { shellOption, shellWord } from "@groundwork/constructs/core/quoting";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/** Selects stacks of a synthesized app. */
export interface StackSelection {
  /** Ids of stacks, or patterns with `*`. @default - all stacks */
  readonly patterns?: readonly string[];
  /** Only stacks whose ids start with this name and a hyphen. @default - stacks of every environment */
  readonly environment?: string | undefined;
}

/** The selected stacks in the order of the app; throws when the environment or a pattern matches none. */
export function selectStacks(
  stacks: readonly SynthesizedStack[],
  { patterns = [], environment }: StackSelection,
): readonly SynthesizedStack[] {
  const ids = stacks.map(({ id }) => id);
  const inEnvironment = stacks.filter(({ id }) => environment === undefined || id.startsWith(`${environment}-`));
  if (environment !== undefined && inEnvironment.length === 0)
    throw new Error(`no stack of an environment "${environment}"; ${knownStacks(ids)}`);
  for (const pattern of patterns)
    if (!inEnvironment.some(({ id }) => matchesWildcard(pattern, id)))
      throw new Error(`no stack matches "${pattern}"; ${knownStacks(ids)}`);
  return patterns.length === 0
    ? inEnvironment
    : inEnvironment.filter(({ id }) => patterns.some((pattern) => matchesWildcard(pattern, id)));
}

/** Description of a selection for messages: `lab`, `lab-eks lab-site`. */
export function selectionText({ patterns = [], environment }: StackSelection): string {
  return [...(environment === undefined ? [] : [environment]), ...patterns].join(" ") || "the project";
}

/** Arguments of a command line that make a selection. */
export function selectionArguments({ patterns = [], environment }: StackSelection): string {
  const selected = environment === undefined ? [] : [shellOption("--environment", environment)];
  return [...selected, ...patterns.map(shellWord)].join(" ");
}

/** Stacks for an error message. */
export function knownStacks(ids: readonly string[]): string {
  return `stacks: ${[...ids].sort().join(", ") || "none"}`;
}
