import { Cidr } from "../core/cidr";

/** Address space that a VPC's block may be cut from. Source: NHN Cloud, VPC console guide and VPC API v2.0. */
export const VPC_SPACE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((block) => Cidr.parse(block));

/** Longest prefixes that blocks may have. Source: NHN Cloud, VPC console guide. */
export const LONGEST_PREFIX = { vpc: 24, subnet: 28 } as const;

/**
 * How many there may be of a thing in the thing around it. Source: NHN Cloud, quotas on the VPC pages.
 */
export const VPC_LIMITS = { subnets: 10, routingTables: 10, routesPerTable: 10 } as const;

/** How many of a thing a project may have. */
export interface NetworkQuotas {
  readonly vpcs: number;
  readonly internetGateways: number;
  readonly natGateways: number;
  readonly networkAcls: number;
  readonly aclRules: number;
}

/** Quotas of a project as NHN Cloud's pages on VPC, internet gateway, NAT gateway and network ACL give them. */
export const NETWORK_QUOTAS: NetworkQuotas = {
  vpcs: 3,
  internetGateways: 3,
  natGateways: 3,
  networkAcls: 10,
  aclRules: 100,
};

/**
 * Orders of a network ACL's rules. Source: NHN Cloud, Network ACL API v2.0: 1 to 100 are kept, 101 and 32765 are the rules
 * that every ACL starts with (allow all, deny all).
 */
export const ACL_ORDERS = { first: 102, last: 32_764, initialAllow: 101 } as const;

/**
 * Addresses of a subnet that machines cannot have: the first four (network, gateway, DHCP and gateway SNAT) and the last.
 * Source: NHN Cloud, VPC console guide. The SNAT address may also be another one, which only the cloud knows.
 */
export function reservedAddresses(subnet: Cidr): readonly string[] {
  return [0, 1, 2, 3, -1].map((n) => subnet.address(n));
}
