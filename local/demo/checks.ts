import { Clients } from "../aws/clients";
import type { SynthesizedStack } from "../terraform/synthesized";
import type { Comparison } from "./fact";
import { compare } from "./fact";
import { foundNetwork } from "./found-network";
import { foundSites } from "./found-site";
import { wantedNetwork } from "./wanted-network";
import { wantedSites } from "./wanted-site";

/** Compares what a stack was to make with what the cloud's own API says it made. Terraform's state is not asked. */
export async function check(stack: SynthesizedStack, endpoint: string): Promise<readonly Comparison[]> {
  const clients = new Clients(endpoint, stack.region);
  try {
    const found = [...(await foundNetwork(clients, stack.id)), ...(await foundSites(clients, stack))];
    return compare([...wantedNetwork(stack), ...wantedSites(stack)], found);
  } finally {
    clients.destroy();
  }
}
