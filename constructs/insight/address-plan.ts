import type { IConstruct } from "constructs";
import { Network } from "../aws/network/network";

/**
 * The address plan of every network below a construct, for review before a deployment.
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
