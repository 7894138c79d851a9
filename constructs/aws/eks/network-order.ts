import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { INetwork } from "../network/network";
import type { ISubnet } from "../network/subnet";

/** What tells one kind of resource from another; asked by its fields, since two copies of the framework may coexist. */
interface Typed {
  readonly terraformResourceType: string;
}

/** Associations of subnets with their route tables, without the routes: what a subnet itself is complete with. */
export function associationsOf(subnets: readonly ISubnet[]): readonly ITerraformDependable[] {
  return subnets.flatMap(({ routing }) => routing.filter((part) => isOfType(part, "aws_route_table_association")));
}

/** Everything that machines in the subnets reach the world by: associations, routes, and through them NAT. */
export function routingOf(subnets: readonly ISubnet[]): readonly ITerraformDependable[] {
  return subnets.flatMap(({ routing }) => routing);
}

/** Endpoints that a network has so far, when it was made here. */
export function endpointsOf(network: INetwork): readonly ITerraformDependable[] {
  if (!isConstruct(network)) return [];
  return network.node
    .findAll()
    .filter((child): child is IConstruct & ITerraformDependable => isOfType(child, "aws_vpc_endpoint"));
}

function isOfType(thing: object, type: string): boolean {
  return "terraformResourceType" in thing && (thing as Typed).terraformResourceType === type;
}

function isConstruct(network: INetwork): network is INetwork & IConstruct {
  return "node" in network;
}
