import type { AwsSession } from "../aws/aws-session";
import type { KnownObjects } from "../orphans/state";
import type { ClusterLocation } from "./cluster-location";
import { type Leftover, listLeftovers } from "./leftovers";

/** Leftovers that are in no Terraform state: Terraform deletes its own resources itself. */
export async function unmanagedLeftovers(
  { clusterName, networkId }: Pick<ClusterLocation, "clusterName" | "networkId">,
  session: AwsSession,
  known: KnownObjects,
): Promise<readonly Leftover[]> {
  if (networkId === undefined) return [];
  const found = await listLeftovers(session, { clusterName, networkId });
  return found.filter(({ id }) => !known.knows({ id, arn: id }));
}
