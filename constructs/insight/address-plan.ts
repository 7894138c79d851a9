import type { IConstruct } from "constructs";
import { Network } from "../aws/network/network";

/**
 * The memory map of every network below a construct: what a person checks before deploying.
 *
 * @example console.log(addressPlan(app))
 */
export function addressPlan(scope: IConstruct): string {
  return scope.node
    .findAll()
    .filter((construct) => Network.isNetwork(construct))
    .map((network) => `${network.node.path} in ${network.zones.region.name}\n${network.plan.toString()}\n`)
    .join("\n");
}
