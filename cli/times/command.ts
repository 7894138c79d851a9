import { DeployTimes, ResourceGraph } from "@groundwork/constructs/insight/deploy-time";
import { defined } from "@groundwork/constructs/core";
import { interruptible } from "../program/interruptible";
import { type Io, logOf, printJson } from "../program/io";
import { selectStacks } from "../project/stack-selection";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { type Deployment, deploymentsOf, timesText } from "./times";

/** Options of `groundwork times`. */
export interface TimesOptions extends OutputOptions {
  readonly environment?: string;
  readonly json?: boolean;
}

/** Runs `groundwork times`: prints the simulated times of the deployment and the destruction. Returns the exit code. */
export function timesCommand(patterns: readonly string[], options: TimesOptions, io: Io): Promise<number> {
  const { environment, json = false } = options;
  return interruptible(io, "interrupted", async (abort) => {
    const { stacks } = await projectStacks(options, logOf(io, options), abort);
    const deployed = selectStacks(stacks, { patterns, environment }).map(({ id, dependencies, json: config }) => ({
      id,
      dependencies,
      graph: new ResourceGraph(config),
    }));
    const deployments = deploymentsOf(deployed, DeployTimes.typical());
    if (json) printJson(io, deployments.map(timesData));
    else io.out(timesText(deployments));
    return 0;
  });
}

function timesData({ name, runs, floors }: Deployment): object {
  const direction = (key: "create" | "destroy") => ({
    seconds: runs[key].seconds,
    ...defined({ floor: floors[key] }),
    stacks: runs[key].runs.map(({ id, start, seconds }) => ({ id, start, seconds })),
    criticalPath: runs[key].criticalStacks.flatMap(({ id, start, criticalPath }) =>
      criticalPath.map((step) => ({
        stack: id,
        address: step.address,
        start: start + step.start,
        end: start + step.end,
      })),
    ),
  });
  return { name, create: direction("create"), destroy: direction("destroy") };
}
