import type { Graph } from "./graph";
import type { Schedule, ScheduleProps } from "./schedule";
import { schedule } from "./schedule";

/** A stack, and which ones it comes after. */
export interface DeployedStack {
  readonly id: string;
  readonly graph: Graph;
  readonly dependencies: readonly string[];
}

/** When a stack begins, and what happens then. */
export interface StackRun extends Schedule {
  readonly id: string;
  readonly start: number;
}

/** Several stacks, deployed or destroyed by one command. */
export interface EnvironmentRun {
  /** Seconds until the last stack has ended. */
  readonly seconds: number;
  readonly runs: readonly StackRun[];
  /** Stacks that decide how long it takes, the first one first. */
  readonly criticalStacks: readonly StackRun[];
}

/** Runs stacks as `cdktf deploy` and `cdktf destroy` do: one that comes after others begins when the last of them has ended. */
export function runStacks(stacks: readonly DeployedStack[], props: ScheduleProps): EnvironmentRun {
  const runs = new Map<string, StackRun>();
  const waitsFor = ({ id, dependencies }: DeployedStack): readonly DeployedStack[] =>
    props.direction === "create"
      ? stacks.filter((other) => dependencies.includes(other.id))
      : stacks.filter((other) => other.dependencies.includes(id));
  const run = (stack: DeployedStack): StackRun => {
    const start = Math.max(0, ...waitsFor(stack).map((other) => endOf(runs.get(other.id) ?? run(other))));
    const made = { id: stack.id, start, ...schedule(stack.graph, props) };
    runs.set(stack.id, made);
    return made;
  };
  for (const stack of stacks) if (!runs.has(stack.id)) run(stack);

  const all = stacks.flatMap(({ id }) => runs.get(id) ?? []);
  const seconds = Math.max(0, ...all.map(endOf));
  const criticalStacks: StackRun[] = [];
  for (let last = all.find((one) => endOf(one) === seconds); last !== undefined;) {
    const { start } = last;
    criticalStacks.unshift(last);
    last = start === 0 ? undefined : all.find((one) => endOf(one) === start);
  }
  return { seconds, runs: all, criticalStacks };
}

function endOf({ start, seconds }: StackRun): number {
  return start + seconds;
}
