import type { ResourceGraph } from "./resource-graph";
import { type Schedule, type ScheduleProps, schedule } from "./schedule";

/** A stack with its dependencies. */
export interface DeployedStack {
  /** Id of the stack. */
  readonly id: string;
  /** Dependency graph of the stack. */
  readonly graph: ResourceGraph;
  /** Ids of the stacks that are deployed before this one. */
  readonly dependencies: readonly string[];
}

/** The schedule of one stack, and when it starts. */
export interface StackSchedule extends Schedule {
  /** Id of the stack. */
  readonly id: string;
  /** Seconds after the start of the command. */
  readonly start: number;
}

/** The schedule of several stacks that one command deploys or destroys. */
export interface EnvironmentSchedule {
  /** Seconds until the last stack is finished. */
  readonly seconds: number;
  /** Schedules of the stacks, in the order of their start. */
  readonly runs: readonly StackSchedule[];
  /** Stacks on the critical path, in their order. */
  readonly criticalStacks: readonly StackSchedule[];
}

/** Schedules stacks as `cdktf deploy` and `cdktf destroy` do: a stack starts when all stacks that it depends on are finished. */
export function scheduleStacks(stacks: readonly DeployedStack[], props: ScheduleProps): EnvironmentSchedule {
  const runs = new Map<string, StackSchedule>();
  const predecessors = ({ id, dependencies }: DeployedStack): readonly DeployedStack[] =>
    props.direction === "create"
      ? stacks.filter((other) => dependencies.includes(other.id))
      : stacks.filter((other) => other.dependencies.includes(id));
  const add = (stack: DeployedStack): StackSchedule => {
    const start = Math.max(0, ...predecessors(stack).map((other) => endOf(runs.get(other.id) ?? add(other))));
    const run = { id: stack.id, start, ...schedule(stack.graph, props) };
    runs.set(stack.id, run);
    return run;
  };
  for (const stack of stacks) if (!runs.has(stack.id)) add(stack);

  const all = stacks.flatMap(({ id }) => runs.get(id) ?? []);
  const seconds = Math.max(0, ...all.map(endOf));
  const criticalStacks: StackSchedule[] = [];
  for (let last = all.find((run) => endOf(run) === seconds); last !== undefined;) {
    const { start } = last;
    criticalStacks.unshift(last);
    last = start === 0 ? undefined : all.find((run) => endOf(run) === start);
  }
  return { seconds, runs: all, criticalStacks };
}

function endOf({ start, seconds }: StackSchedule): number {
  return start + seconds;
}
