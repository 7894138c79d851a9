import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { INetwork } from "../../network/network";
import type { ISubnet } from "../../network/subnet";

/** The resource type; compared by field and not by `instanceof`, because two copies of the framework can coexist. */
interface Typed {
  readonly terraformResourceType: string;
}

/** Route table associations of subnets, without the routes. */
export function associationsOf(subnets: readonly ISubnet[]): readonly ITerraformDependable[] {
  return subnets.flatMap(({ routing }) => routing.filter((part) => isOfType(part, "aws_route_table_association")));
}

/**
 * Resource types that egress depends on: associations and routes, VPC endpoints, addresses of NAT, security group rules of
 * endpoints and NAT instances, and network ACLs, without which a subnet falls back to the default ACL that denies everything.
 * Targets of routes are dependencies by reference.
 */
const EGRESS_TYPES = [
  "aws_route_table_association",
  "aws_route",
  "aws_vpc_endpoint",
  "aws_eip",
  "aws_network_acl",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
];

/**
 * Resources that machines in the given subnets need for egress.
 *
 * Includes the routes of all subnets, not only of the given ones: their routes point to NAT gateways, which have no egress
 * without the routes of the public subnets. For an imported network, the routing that its subnets declare.
 */
export function egressDependencies(network: INetwork, subnets: readonly ISubnet[]): readonly ITerraformDependable[] {
  const own = subnets.flatMap(({ routing }) => routing);
  const others = isConstruct(network)
    ? network.node
        .findAll()
        .filter((child): child is IConstruct & ITerraformDependable =>
          EGRESS_TYPES.some((type) => isOfType(child, type)),
        )
    : [];
  return [...new Set([...own, ...others])];
}

/** Whether a subnet has a route to an internet gateway; false for imported subnets, whose routes are unknown. */
export function hasInternetRoute({ routing }: ISubnet): boolean {
  return routing.some((part) => isOfType(part, "aws_route") && (part as Routed).gatewayIdInput !== undefined);
}

/** The internet gateway of a route. */
interface Routed {
  readonly gatewayIdInput?: string | undefined;
}

function isOfType(thing: object, type: string): boolean {
  return "terraformResourceType" in thing && (thing as Typed).terraformResourceType === type;
}

function isConstruct(network: INetwork): network is INetwork & IConstruct {
  return "node" in network;
}
