import { AwsSession } from "../aws/aws-session";
import { type EnvironmentSelection, findEnvironment } from "../deployed-environment";
import { statesOf } from "../orphans/orphans";
import { KnownObjects } from "../orphans/state";
import { abortable, interruptible } from "../program/interruptible";
import { type Io, logOf, printJson } from "../program/io";
import type { Lines } from "../reporter";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { locateCluster } from "./cluster-location";
import { deleteLeftovers, deletionCommands } from "./deletion";
import type { Leftover } from "./leftovers";
import { report } from "./report";
import { unmanagedLeftovers } from "./unmanaged-leftovers";

/** Arguments of `groundwork sweep`. */
export interface SweepCommand extends EnvironmentSelection {
  /** Whether leftovers are deleted; otherwise the command is a dry run. */
  readonly delete: boolean;
}

/** Options of `groundwork sweep`. */
export interface SweepOptions extends OutputOptions {
  readonly environment?: string;
  readonly delete?: boolean;
  readonly json?: boolean;
}

/** Runs `groundwork sweep`. Returns the exit code. */
export function sweepAction(patterns: readonly string[], options: SweepOptions, io: Io): Promise<number> {
  const { environment, json = false } = options;
  const log = logOf(io, options);
  return interruptible(io, "interrupted; run the command again to continue", async (abort) => {
    const { project } = await projectStacks(options, log, abort);
    const command = { patterns, environment, delete: options.delete ?? false, output: project.output };
    const leftovers = await abortable(abort, sweepCommand(command, json && !command.delete ? () => undefined : log));
    if (json)
      printJson(io, {
        deleted: command.delete,
        leftovers: leftovers.map((leftover) => ({ ...leftover, commands: deletionCommands(leftover) })),
      });
    return 0;
  });
}

/** Prints the leftovers of the cluster of the selected stacks, or deletes them. */
export async function sweepCommand(command: SweepCommand, log: (lines: Lines) => void): Promise<readonly Leftover[]> {
  const { stacks, endpoint, pullState } = await findEnvironment({ ...command, withDependants: true });
  const known = KnownObjects.of(await statesOf(stacks, pullState));
  const cluster = locateCluster(command, stacks, known);
  const session = new AwsSession(cluster.stack.region, endpoint);
  try {
    const leftovers = await unmanagedLeftovers(cluster, session, known);
    if (!command.delete) {
      log(report(command, cluster, leftovers));
      return leftovers;
    }
    if (cluster.stacksInUse.length > 0)
      throw new Error(
        `${cluster.stacksInUse.join(", ")} are deployed: destroy them first, or their controllers create the leftovers again`,
      );
    await deleteLeftovers(leftovers, session, log);
    log(`deleted ${leftovers.length} leftovers of ${cluster.clusterName}`);
    return leftovers;
  } finally {
    session.destroy();
  }
}
