import { AwsSession } from "../aws/aws-session";
import { type EnvironmentSelection, findEnvironment } from "../deployed-environment";
import { statesOf } from "../orphans/orphans";
import { KnownObjects } from "../orphans/state";
import { locateCluster } from "./cluster-location";
import { deleteLeftovers } from "./deletion";
import type { Leftover } from "./leftovers";
import { report } from "./report";
import { unmanagedLeftovers } from "./unmanaged-leftovers";

/** Arguments of `npm run sweep`. */
export interface SweepCommand extends EnvironmentSelection {
  /** Whether leftovers are deleted; otherwise the command is a dry run. */
  readonly delete: boolean;
}

/** Runs `npm run sweep`: prints the leftovers of the environment's cluster, or deletes them. */
export async function sweepCommand(command: SweepCommand, log: (text: string) => void): Promise<readonly Leftover[]> {
  const { environment } = command;
  const { stacks, endpoint, pullState } = await findEnvironment(command);
  const known = KnownObjects.of(await statesOf(stacks, pullState));
  const cluster = locateCluster(environment, stacks, known);
  const session = new AwsSession(cluster.stack.region, endpoint);
  try {
    const leftovers = await unmanagedLeftovers(cluster, session, known);
    if (!command.delete) {
      log(report(environment, cluster, leftovers));
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
