import { Clients } from "../aws/clients";
import type { Cloud } from "../cloud";
import type { SynthesizedStack } from "../terraform/synthesized";
import type { Comparison } from "./fact";
import { compare } from "./fact";
import { foundCluster } from "./found-cluster";
import { foundNetwork } from "./found-network";
import { foundObjects } from "./found-objects";
import { foundSites } from "./found-site";
import { wantedCluster } from "./wanted-cluster";
import { wantedNetwork } from "./wanted-network";
import { wantedObjects } from "./wanted-objects";
import { wantedSites } from "./wanted-site";

/** Where the answers come from. */
export type Asked = Pick<Cloud, "endpoint" | "kubernetes">;

/** Compares what a stack was to make with what the cloud's own API says it made. Terraform's state is not asked. */
export async function check(stack: SynthesizedStack, { endpoint, kubernetes }: Asked): Promise<readonly Comparison[]> {
  const clients = new Clients(endpoint, stack.region);
  try {
    const wanted = [...wantedNetwork(stack), ...wantedCluster(stack), ...wantedSites(stack), ...wantedObjects(stack)];
    const found = [
      ...(await foundNetwork(clients, stack.id)),
      ...(await foundCluster(clients, stack)),
      ...(await foundSites(clients, stack)),
      ...(kubernetes === undefined ? [] : await foundObjects(kubernetes.cluster, stack)),
    ];
    return compare(wanted, found);
  } finally {
    clients.destroy();
  }
}
