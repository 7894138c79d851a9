import { Clients } from "@groundwork/local/aws/clients";
import type { Cloud } from "@groundwork/local/cloud";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Comparison, Fact } from "./fact";
import { compare } from "./fact";
import { foundCluster } from "./found-cluster";
import { foundFleet } from "./found-fleet";
import { foundMachines } from "./found-machines";
import { foundNetwork } from "./found-network";
import { foundObjects } from "./found-objects";
import { foundSites } from "./found-site";
import { wantedCluster } from "./wanted-cluster";
import { wantedFleet } from "./wanted-fleet";
import { wantedMachines } from "./wanted-machines";
import { wantedNetwork } from "./wanted-network";
import { wantedObjects } from "./wanted-objects";
import { wantedSites } from "./wanted-site";

/** Where the answers come from. */
export type Asked = Pick<Cloud, "endpoint" | "kubernetes" | "openstack">;

/** Compares what a stack was to make with what the clouds' own APIs say they made. Terraform's state is not asked. */
export async function check(stack: SynthesizedStack, asked: Asked): Promise<readonly Comparison[]> {
  const { kubernetes, openstack } = asked;
  const wanted = [
    ...wantedNetwork(stack),
    ...wantedCluster(stack),
    ...wantedSites(stack),
    ...wantedMachines(stack),
    ...wantedObjects(stack),
    ...wantedFleet(stack),
  ];
  const found = [
    ...(stack.region === "" ? [] : await foundOnAws(stack, asked)),
    ...(kubernetes === undefined ? [] : await foundObjects(kubernetes.cluster, stack)),
    ...(openstack === undefined ? [] : await foundFleet(openstack, stack)),
  ];
  return compare(wanted, found);
}

async function foundOnAws(stack: SynthesizedStack, { endpoint }: Asked): Promise<readonly Fact[]> {
  const clients = new Clients(endpoint, stack.region);
  try {
    return [
      ...(await foundNetwork(clients, stack.id)),
      ...(await foundCluster(clients, stack)),
      ...(await foundMachines(clients, stack)),
      ...(await foundSites(clients, stack)),
    ];
  } finally {
    clients.destroy();
  }
}
