import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/**
 * Runs an action for every stack, stacks that do not depend on each other at the same time: most of the time of an apply is waiting.
 * Fails with the first error, after all have ended.
 *
 * @param stacks sorted, dependencies first
 */
export async function dependenciesFirst(
  stacks: readonly SynthesizedStack[],
  action: (stack: SynthesizedStack) => Promise<void>,
): Promise<void> {
  await runInOrder(stacks, (stack) => stack.dependencies, action);
}

/** The same in the opposite order: a stack runs after those that depend on it. */
export async function dependentsFirst(
  stacks: readonly SynthesizedStack[],
  action: (stack: SynthesizedStack) => Promise<void>,
): Promise<void> {
  const dependents = ({ id }: SynthesizedStack) =>
    stacks.filter(({ dependencies }) => dependencies.includes(id)).map((stack) => stack.id);
  await runInOrder([...stacks].reverse(), dependents, action);
}

async function runInOrder(
  stacks: readonly SynthesizedStack[],
  predecessors: (stack: SynthesizedStack) => readonly string[],
  action: (stack: SynthesizedStack) => Promise<void>,
): Promise<void> {
  const runs = new Map<string, Promise<void>>();
  for (const stack of stacks) {
    const before = predecessors(stack).map((id) => runs.get(id) ?? Promise.resolve());
    runs.set(
      stack.id,
      Promise.all(before).then(() => action(stack)),
    );
  }
  await Promise.allSettled(runs.values());
  await Promise.all(runs.values());
}
