import {
  type DeployedStack,
  type DeployTimes,
  type Direction,
  type EnvironmentSchedule,
  scheduleStacks,
} from "@groundwork/constructs/insight/deploy-time";

/** Steps of the critical path that take less are not printed. */
const MINIMUM_SECONDS = 5;

/** Stacks that are deployed by one command. */
export interface Deployment {
  /** Common prefix of the stacks: `lab-eks` contains `lab-eks`, `lab-eks-addons` and so on. */
  readonly name: string;
  readonly stacks: readonly DeployedStack[];
  readonly runs: Readonly<Record<Direction, EnvironmentSchedule>>;
  /** Least possible times in seconds; undefined where none is known. */
  readonly floors: Readonly<Record<Direction, number | undefined>>;
}

/**
 * Simulates the deployment and destruction of stacks. Stacks whose ids continue the id of another stack belong to its deployment:
 * `lab-eks-addons` to `lab-eks`.
 */
export function deploymentsOf(stacks: readonly DeployedStack[], times: DeployTimes): readonly Deployment[] {
  const continues = (id: string, name: string) => id.startsWith(`${name}-`);
  const names = stacks.map(({ id }) => id).filter((id) => !stacks.some((other) => continues(id, other.id)));
  return names.map((name) => {
    const own = stacks.filter(({ id }) => id === name || continues(id, name));
    const graphs = own.map(({ graph }) => graph);
    const kind = times.deployments.find((deployment) => name === deployment || name.endsWith(`-${deployment}`));
    const floor = (direction: Direction) => (kind === undefined ? undefined : times.floorOf(kind, direction, graphs));
    const run = (direction: Direction) => scheduleStacks(own, { times, direction });
    return {
      name,
      stacks: own,
      runs: { create: run("create"), destroy: run("destroy") },
      floors: { create: floor("create"), destroy: floor("destroy") },
    };
  });
}

/** Relative excess over the least possible time: 0.05 is five percent. */
export function excess({ runs, floors }: Deployment, direction: Direction): number | undefined {
  const floor = floors[direction];
  return floor === undefined ? undefined : runs[direction].seconds / floor - 1;
}

/** A table of times in seconds, and the critical paths that determine them. */
export function timesText(deployments: readonly Deployment[]): readonly string[] {
  const header = row("simulated seconds", "create", "floor", "", "destroy", "floor", "");
  return [header, ...deployments.flatMap(tableRows), "", ...deployments.flatMap(pathLines)];
}

function tableRows(deployment: Deployment): readonly string[] {
  const { name, stacks, runs, floors } = deployment;
  const cells = (direction: Direction): readonly string[] => [
    String(runs[direction].seconds),
    String(floors[direction] ?? "-"),
    percent(excess(deployment, direction)),
  ];
  const parts = stacks.length < 2 ? [] : stacks;
  return [
    row(`${name}${parts.length > 0 ? "*" : ""}`, ...cells("create"), ...cells("destroy")),
    ...parts.map(({ id }) => {
      const seconds = (direction: Direction) =>
        String(runs[direction].runs.find((one) => one.id === id)?.seconds ?? "");
      return row(`  ${id}`, seconds("create"), "", "", seconds("destroy"), "", "");
    }),
  ];
}

function pathLines({ name, runs }: Deployment): readonly string[] {
  return (["create", "destroy"] as const).flatMap((direction) => {
    const steps = runs[direction].criticalStacks.flatMap(({ start: stackStart, criticalPath }) =>
      criticalPath
        .map(({ address, start, end }) => ({ address, at: stackStart + start, takes: end - start }))
        .filter(({ takes }) => takes >= MINIMUM_SECONDS),
    );
    if (steps.length === 0) return [];
    return [
      `${name}: critical path of ${direction}`,
      ...steps.map(({ address, at, takes }) => `${String(at).padStart(6)} + ${String(takes).padStart(3)}  ${address}`),
    ];
  });
}

function percent(share: number | undefined): string {
  return share === undefined ? "" : `${share < 0 ? "" : "+"}${(share * 100).toFixed(1)} %`;
}

function row(name: string, ...cells: readonly string[]): string {
  return [name.padEnd(28), ...cells.map((cell) => cell.padStart(9))].join("").trimEnd();
}
