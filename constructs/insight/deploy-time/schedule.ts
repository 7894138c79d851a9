import type { Graph } from "./graph";
import type { DeployTimes, Direction } from "./deploy-times";

/** What Terraform does at once unless told otherwise. */
const PARALLELISM = 10;

/** One resource being made or removed. */
export interface Step {
  readonly address: string;
  readonly start: number;
  readonly end: number;
}

/** A whole walk over a graph. */
export interface Schedule {
  /** Seconds until the last step has ended. */
  readonly seconds: number;
  /** The steps that decide how long it takes, the first one first: each begins when the one before it ends. */
  readonly criticalPath: readonly Step[];
}

/** How a graph is walked. */
export interface ScheduleProps {
  readonly times: DeployTimes;
  readonly direction: Direction;
  /** @default 10 */
  readonly parallelism?: number;
  /**
   * What goes first of things that became ready in the same moment, of which Terraform takes any: those that most waits for,
   * or those that least does. What is compared is the graph and not luck, so the first. @default "good"
   */
  readonly luck?: "good" | "bad";
}

/**
 * Walks a graph as Terraform does: whatever waits for nothing any more begins as soon as a slot is free, what became ready
 * first first. No clock is asked, so the answer is the same every time.
 */
export function schedule(graph: Graph, props: ScheduleProps): Schedule {
  const { times, direction, parallelism = PARALLELISM, luck = "good" } = props;
  const before = waits(graph, direction);
  const secondsOf = (address: string) => times.secondsOf(address, graph.blockOf(address), direction);
  const behind = secondsBehind(before, secondsOf);
  const priority = (address: string) => (behind.get(address) ?? 0) * (luck === "good" ? -1 : 1);
  const done = new Map<string, Step>();
  const ready = new Map<string, number>();
  let running: Step[] = [];
  let now = 0;
  while (done.size < graph.addresses.length) {
    for (const address of graph.addresses)
      if (!ready.has(address) && (before.get(address) ?? []).every((one) => done.has(one))) ready.set(address, now);
    const waiting = [...ready].filter(
      ([address]) => !done.has(address) && !running.some((one) => one.address === address),
    );
    waiting.sort(
      ([one, since], [other, otherSince]) =>
        since - otherSince || priority(one) - priority(other) || one.localeCompare(other),
    );
    for (const [address] of waiting.slice(0, parallelism - running.length))
      running.push({ address, start: now, end: now + secondsOf(address) });
    if (running.length === 0) throw new Error("the graph has a cycle");
    now = Math.min(...running.map(({ end }) => end));
    for (const step of running.filter(({ end }) => end === now)) done.set(step.address, step);
    running = running.filter(({ end }) => end > now);
  }
  return { seconds: now, criticalPath: criticalPath([...done.values()], before) };
}

/** What each address waits for: when things are removed, for everything that needs it. */
function waits(graph: Graph, direction: Direction): ReadonlyMap<string, readonly string[]> {
  if (direction === "create") return new Map(graph.addresses.map((address) => [address, graph.parentsOf(address)]));
  const children = new Map<string, string[]>(graph.addresses.map((address) => [address, []]));
  for (const address of graph.addresses)
    for (const parent of graph.parentsOf(address)) children.get(parent)?.push(address);
  return children;
}

/** For each address, the seconds of the longest chain that begins with it. */
function secondsBehind(
  before: ReadonlyMap<string, readonly string[]>,
  secondsOf: (address: string) => number,
): ReadonlyMap<string, number> {
  const after = new Map<string, string[]>([...before.keys()].map((address) => [address, []]));
  for (const [address, waited] of before) for (const one of waited) after.get(one)?.push(address);
  const found = new Map<string, number>();
  const visit = (address: string): number => {
    const known = found.get(address);
    if (known !== undefined) return known;
    // A cycle ends here; the walk then says that it is one.
    found.set(address, 0);
    const seconds = secondsOf(address) + Math.max(0, ...(after.get(address) ?? []).map(visit));
    found.set(address, seconds);
    return seconds;
  };
  for (const address of before.keys()) visit(address);
  return found;
}

/**
 * Back from the step that ends last. A step follows the last of those it waited for, or, where it had to wait for a slot,
 * whichever step gave it up.
 */
function criticalPath(steps: readonly Step[], before: ReadonlyMap<string, readonly string[]>): readonly Step[] {
  const lasting = steps.filter(({ start, end }) => end > start);
  const momentary = new Set(steps.filter(({ start, end }) => end === start).map(({ address }) => address));
  const path: Step[] = [];
  let step = lasting.reduce<Step | undefined>(
    (last, one) => (last === undefined || one.end > last.end ? one : last),
    undefined,
  );
  while (step !== undefined) {
    path.unshift(step);
    const { address, start } = step;
    const awaited = through(address, before, momentary);
    const ended = lasting.filter(({ end }) => end === start);
    step = ended.find((one) => awaited.has(one.address)) ?? ended[0];
  }
  return path;
}

/** What an address waits for, and what those wait for that take no time themselves. */
function through(
  address: string,
  before: ReadonlyMap<string, readonly string[]>,
  momentary: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const next of before.get(from) ?? [])
      if (!found.has(next)) {
        found.add(next);
        if (momentary.has(next)) visit(next);
      }
  };
  visit(address);
  return found;
}
