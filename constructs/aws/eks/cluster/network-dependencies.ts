import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { INetwork } from "../../network/network";
import type { ISubnet } from "../../network/subnet";

/** What tells one kind of resource from another; asked by its fields, since two copies of the framework may coexist. */
interface Typed {
  readonly terraformResourceType: string;
}

/** Associations of subnets with their route tables, without the routes: what a subnet itself is complete with. */
export function associationsOf(subnets: readonly ISubnet[]): readonly ITerraformDependable[] {
  return subnets.flatMap(({ routing }) => routing.filter((part) => isOfType(part, "aws_route_table_association")));
}

/**
 * What makes the ways of a network: tables and routes, endpoints, addresses of NAT, who endpoints and NAT instances let in,
 * and ACLs, without which a subnet falls back to one that lets nothing by. What routes lead to follows by reference.
 */
const WAYS = [
  "aws_route_table_association",
  "aws_route",
  "aws_vpc_endpoint",
  "aws_eip",
  "aws_network_acl",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
];

/**
 * Everything by which machines in some subnets of a network reach the world.
 *
 * Not only the routes of their own subnets: those lead to NAT gateways, which reach nothing once the routes of the public
 * subnets are gone. Of a network that was made elsewhere, what its subnets say.
 */
export function egressDependencies(network: INetwork, subnets: readonly ISubnet[]): readonly ITerraformDependable[] {
  const own = subnets.flatMap(({ routing }) => routing);
  const others = isConstruct(network)
    ? network.node
        .findAll()
        .filter((child): child is IConstruct & ITerraformDependable => WAYS.some((type) => isOfType(child, type)))
    : [];
  return [...new Set([...own, ...others])];
}

function isOfType(thing: object, type: string): boolean {
  return "terraformResourceType" in thing && (thing as Typed).terraformResourceType === type;
}

function isConstruct(network: INetwork): network is INetwork & IConstruct {
  return "node" in network;
}
