import type { DeployTimes } from "./deploy-times";
import type { ResourceGraph } from "./resource-graph";
import type { Direction } from "./typical-times";

/** Terraform's default number of concurrent operations. */
const PARALLELISM = 10;

/** The creation or destruction of one resource. */
export interface Step {
  /** Terraform address. */
  readonly address: string;
  /** Start, from the beginning of the run. */
  readonly start: number;
  /** End, from the beginning of the run. */
  readonly end: number;
}

/** The simulated deployment or destruction of one stack. */
export interface Schedule {
  /** Seconds until the last step is finished. */
  readonly seconds: number;
  /** The steps that determine the duration, in their order: each starts when the previous one ends. */
  readonly criticalPath: readonly Step[];
}

/** How a graph is walked. */
export interface ScheduleProps {
  /** Times of the resource types. @default - the typical times */
  readonly times: DeployTimes;
  /** Whether resources are created or destroyed. @default - created */
  readonly direction: Direction;
  /** Number of concurrent operations. @default 10 */
  readonly parallelism?: number;
  /**
   * Order of resources that become ready at the same time; Terraform's order is arbitrary. `longest-first` starts with the resource
   * that the longest chain depends on, `shortest-first` is the worst case.
   * @default "longest-first"
   */
  readonly ties?: "longest-first" | "shortest-first";
}

type Edges = ReadonlyMap<string, readonly string[]>;

/**
 * Simulates how Terraform walks a graph: a resource starts as soon as its dependencies are finished and an operation slot is free,
 * in the order in which resources become ready. The simulation uses no clock and is deterministic.
 */
export function schedule(graph: ResourceGraph, props: ScheduleProps): Schedule {
  const { times, direction, parallelism = PARALLELISM, ties = "longest-first" } = props;
  const predecessors = predecessorsOf(graph, direction);
  const secondsOf = (address: string) => times.secondsOf(address, graph.blockOf(address), direction);
  const chains = chainSeconds(predecessors, secondsOf);
  const priority = (address: string) => (chains.get(address) ?? 0) * (ties === "longest-first" ? -1 : 1);
  const done = new Map<string, Step>();
  const ready = new Map<string, number>();
  let running: Step[] = [];
  let now = 0;
  while (done.size < graph.addresses.length) {
    const unblocked = [...predecessors].filter(
      ([address, others]) => !ready.has(address) && others.every((other) => done.has(other)),
    );
    for (const [address] of unblocked) ready.set(address, now);
    const waiting = [...ready].filter(
      ([address]) => !done.has(address) && !running.some((step) => step.address === address),
    );
    waiting.sort(
      ([left, leftSince], [right, rightSince]) =>
        leftSince - rightSince || priority(left) - priority(right) || left.localeCompare(right),
    );
    for (const [address] of waiting.slice(0, parallelism - running.length))
      running.push({ address, start: now, end: now + secondsOf(address) });
    if (running.length === 0) throw new Error("the graph has a cycle");
    now = Math.min(...running.map(({ end }) => end));
    for (const step of running.filter(({ end }) => end === now)) done.set(step.address, step);
    running = running.filter(({ end }) => end > now);
  }
  return { seconds: now, criticalPath: criticalPath([...done.values()], predecessors) };
}

/** The addresses that each address waits for: its dependencies on create, its dependents on destroy. */
function predecessorsOf(graph: ResourceGraph, direction: Direction): Edges {
  if (direction === "create") return new Map(graph.addresses.map((address) => [address, graph.parentsOf(address)]));
  return inverted(new Map(graph.addresses.map((address) => [address, graph.parentsOf(address)])));
}

function inverted(edges: Edges): Edges {
  const result = new Map<string, string[]>([...edges.keys()].map((address) => [address, []]));
  for (const [address, targets] of edges) for (const target of targets) result.get(target)?.push(address);
  return result;
}

/** The seconds of the longest chain that starts with each address. */
function chainSeconds(predecessors: Edges, secondsOf: (address: string) => number): ReadonlyMap<string, number> {
  const successors = inverted(predecessors);
  const found = new Map<string, number>();
  const visit = (address: string): number => {
    const known = found.get(address);
    if (known !== undefined) return known;
    // Ends the recursion on a cycle, which `schedule` reports.
    found.set(address, 0);
    const seconds = secondsOf(address) + Math.max(0, ...(successors.get(address) ?? []).map(visit));
    found.set(address, seconds);
    return seconds;
  };
  for (const address of predecessors.keys()) visit(address);
  return found;
}

/**
 * The steps backwards from the one that ends last. Each step follows the last of its predecessors, or, where it waited for an
 * operation slot, a step whose end made a slot free.
 */
function criticalPath(steps: readonly Step[], predecessors: Edges): readonly Step[] {
  const lasting = steps.filter(({ start, end }) => end > start);
  const instant = new Set(steps.filter(({ start, end }) => end === start).map(({ address }) => address));
  const path: Step[] = [];
  let step = lasting.reduce<Step | undefined>(
    (last, other) => (last === undefined || other.end > last.end ? other : last),
    undefined,
  );
  while (step !== undefined) {
    path.unshift(step);
    const { address, start } = step;
    const awaited = transitivePredecessors(address, predecessors, instant);
    const ended = lasting.filter(({ end }) => end === start);
    step = ended.find((other) => awaited.has(other.address)) ?? ended[0];
  }
  return path;
}

/** The predecessors of an address, including those behind predecessors that take no time. */
function transitivePredecessors(
  address: string,
  predecessors: Edges,
  instant: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const next of predecessors.get(from) ?? [])
      if (!found.has(next)) {
        found.add(next);
        if (instant.has(next)) visit(next);
      }
  };
  visit(address);
  return found;
}
