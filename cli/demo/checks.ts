import { Clients } from "@groundwork/local/aws/clients";
import type { Cloud } from "@groundwork/local/cloud";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Comparison, Fact } from "./facts/fact";
import { compare } from "./facts/fact";
import { foundCluster } from "./facts/cluster/actual";
import { foundFleet } from "./facts/openstack/actual";
import { foundMachines } from "./facts/machines/actual";
import { foundNetwork } from "./facts/network/actual";
import { foundObjects } from "./facts/kubernetes/actual";
import { foundSites } from "./facts/site/actual";
import { wantedCluster } from "./facts/cluster/expected";
import { wantedFleet } from "./facts/openstack/expected";
import { wantedMachines } from "./facts/machines/expected";
import { wantedNetwork } from "./facts/network/expected";
import { wantedObjects } from "./facts/kubernetes/expected";
import { wantedSites } from "./facts/site/expected";

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
