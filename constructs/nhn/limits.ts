import { Cidr } from "../core/cidr";
import type { TextRule } from "../core/text-rule";
import { OBJECT_DESCRIPTION, REQUIRED_NAME } from "../openstack/limits";

/** Names and descriptions in the network API: NHN Cloud publishes no lengths, so those of Neutron, on which it is based, are used. */
export const VPC_OBJECT_NAME: TextRule = REQUIRED_NAME;
export const VPC_OBJECT_DESCRIPTION: TextRule = OBJECT_DESCRIPTION;

/** Bytes of the description of a route. Source: NHN Cloud, VPC API v2.0. */
export const ROUTE_DESCRIPTION_BYTES = 256;

/** Address ranges that the block of a VPC must be in. Source: NHN Cloud, VPC console guide and VPC API v2.0. */
export const VPC_SPACE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((block) => Cidr.parse(block));

/** Longest prefixes of blocks. Source: NHN Cloud, VPC console guide. */
export const LONGEST_PREFIX = { vpc: 24, subnet: 28 } as const;

/** Quotas per VPC and per routing table. Source: NHN Cloud, quotas on the VPC pages. */
export const VPC_LIMITS = { subnets: 10, routingTables: 10, routesPerTable: 10 } as const;

/** Quotas of a project: the maximum number of resources of each kind. */
export interface NetworkQuotas {
  /** Number of VPCs. */
  readonly vpcs: number;
  /** Number of internet gateways. */
  readonly internetGateways: number;
  /** Number of NAT gateways. */
  readonly natGateways: number;
  /** Number of network ACLs. */
  readonly networkAcls: number;
  /** Number of rules of all network ACLs. */
  readonly aclRules: number;
}

/** Default quotas of a project. Source: NHN Cloud's pages on VPC, internet gateway, NAT gateway and network ACL. */
export const NETWORK_QUOTAS: NetworkQuotas = {
  vpcs: 3,
  internetGateways: 3,
  natGateways: 3,
  networkAcls: 10,
  aclRules: 100,
};

/**
 * Orders of a network ACL's rules. Source: NHN Cloud, Network ACL API v2.0: 1 to 100 are reserved; every ACL starts with the rules
 * 101 (allow all) and 32765 (deny all).
 */
export const ACL_ORDERS = { first: 102, last: 32_764, initialAllow: 101 } as const;

/**
 * Addresses of a subnet that machines cannot have: the first four (network, gateway, DHCP and gateway SNAT) and the last.
 * Source: NHN Cloud, VPC console guide. The SNAT address may differ; only the cloud knows it.
 */
export function reservedAddresses(subnet: Cidr): readonly string[] {
  return [0, 1, 2, 3, -1].map((n) => subnet.address(n));
}
