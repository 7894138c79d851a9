import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { remoteStates } from "./remote-states";

/** Stacks that depend on each other, those that others need first. */
export type Group = readonly SynthesizedStack[];

/**
 * The groups of the selected stacks and of those that they need, in the order of the app.
 *
 * Each group has an empty cloud of its own: stacks of several environments may use the same names.
 */
export function groupsOf(all: readonly SynthesizedStack[], selected: readonly SynthesizedStack[]): readonly Group[] {
  const needs = new Map(all.map((stack) => [stack, needsOf(stack, all)]));
  const ordered: SynthesizedStack[] = [];
  const visit = (stack: SynthesizedStack, path: readonly SynthesizedStack[]): void => {
    if (ordered.includes(stack) || path.includes(stack)) return;
    for (const needed of needs.get(stack) ?? []) visit(needed, [...path, stack]);
    ordered.push(stack);
  };
  for (const stack of selected) visit(stack, []);
  return ordered.reduce<readonly Group[]>((groups, stack) => {
    const isJoined = (group: Group) => group.some((other) => (needs.get(stack) ?? []).includes(other));
    const joined = groups.filter(isJoined);
    const merged = [...joined.flat(), stack].sort((one, other) => ordered.indexOf(one) - ordered.indexOf(other));
    return [...groups.filter((group) => !isJoined(group)), merged];
  }, []);
}

/** Ids of the stacks that a stack needs directly. */
export function needsOf(stack: SynthesizedStack, all: readonly SynthesizedStack[]): readonly SynthesizedStack[] {
  const ids = new Set([...stack.dependencies, ...remoteStates(stack, all).map(({ stack: id }) => id)]);
  return all.filter((other) => other !== stack && ids.has(other.id));
}
