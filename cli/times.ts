import type { DeployTimes } from "@groundwork/constructs/insight/deploy-time/deploy-times";
import type { Direction } from "@groundwork/constructs/insight/deploy-time/typical-times";
import type {
  DeployedStack,
  EnvironmentSchedule,
} from "@groundwork/constructs/insight/deploy-time/environment-schedule";
import { scheduleStacks } from "@groundwork/constructs/insight/deploy-time/environment-schedule";

/** Steps shorter than this are left out of what is printed of a path. */
const WORTH_A_LINE = 5;

/** What belongs together and is deployed by one command. */
export interface Deployment {
  /** Environment and what is deployed: `lab-eks` stands for `lab-eks`, `lab-eks-addons` and so on. */
  readonly name: string;
  readonly stacks: readonly DeployedStack[];
  readonly runs: Readonly<Record<Direction, EnvironmentSchedule>>;
  /** Nothing where no floor is known. */
  readonly floors: Readonly<Record<Direction, number | undefined>>;
}

/** Deploys and destroys everything of an environment, without a cloud. */
export function deploymentsOf(
  environment: string,
  stacks: readonly DeployedStack[],
  times: DeployTimes,
): readonly Deployment[] {
  return times.deployments.flatMap((what) => {
    const name = `${environment}-${what}`;
    const own = stacks.filter(({ id }) => id === name || id.startsWith(`${name}-`));
    const graphs = own.map(({ graph }) => graph);
    const floor = (direction: Direction) => times.floorOf(what, direction, graphs);
    const run = (direction: Direction) => scheduleStacks(own, { times, direction });
    if (own.length === 0) return [];
    return [
      {
        name,
        stacks: own,
        runs: { create: run("create"), destroy: run("destroy") },
        floors: { create: floor("create"), destroy: floor("destroy") },
      },
    ];
  });
}

/** How far something lies above its floor: 0.05 is five percent. */
export function excess({ runs, floors }: Deployment, direction: Direction): number | undefined {
  const floor = floors[direction];
  return floor === undefined ? undefined : runs[direction].seconds / floor - 1;
}

/** A table of seconds, and below it what decides them. */
export function timesText(deployments: readonly Deployment[]): string {
  const header = row("simulated seconds", "create", "floor", "", "destroy", "floor", "");
  return [header, ...deployments.flatMap(tableRows), "", ...deployments.flatMap(pathLines)].join("\n");
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
    const steps = runs[direction].criticalStacks.flatMap(({ start: begun, criticalPath }) =>
      criticalPath
        .map(({ address, start, end }) => ({ address, at: begun + start, takes: end - start }))
        .filter(({ takes }) => takes >= WORTH_A_LINE),
    );
    if (steps.length === 0) return [];
    return [
      `${name}: what ${direction} waits for`,
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
