import { Kind, type Row } from "../store";

/** A private network. Neutron's API shows it as a network with the same id. */
export interface Vpc extends Row {
  readonly name: string;
  readonly cidrv4: string;
  readonly state: "available";
}

export const VPCS = new Kind<Vpc>("VPC");

/** A block of a VPC's addresses. Neutron's API shows it as a subnet with the same id. */
export interface VpcSubnet extends Row {
  readonly name: string;
  readonly vpc_id: string;
  readonly cidr: string;
  readonly gateway: string;
  /** Id of the routing table that is attached explicitly; null when the subnet uses the default table of the VPC. */
  readonly table: string | null;
}

export const VPC_SUBNETS = new Kind<VpcSubnet>("VPC subnet");

/** The routes of some subnets of a VPC. */
export interface RoutingTable extends Row {
  readonly name: string;
  readonly vpc_id: string;
  readonly default_table: boolean;
  readonly distributed: boolean;
  /** Id of the attached internet gateway. */
  readonly gateway_id: string | null;
}

export const ROUTING_TABLES = new Kind<RoutingTable>("Routing table");

/** A route of a routing table. */
export interface VpcRoute extends Row {
  readonly cidr: string;
  readonly mask: number;
  readonly gateway: string;
  readonly routingtable_id: string;
  readonly description: string;
  /** Id of the internet gateway whose attachment created the route. */
  readonly gateway_id: string | null;
}

export const ROUTES = new Kind<VpcRoute>("Route");

/** A gateway to the internet. Has an effect only while it is attached to a routing table. */
export interface InternetGateway extends Row {
  readonly name: string;
  readonly external_network_id: string;
}

export const INTERNET_GATEWAYS = new Kind<InternetGateway>("Internet gateway");

/** A gateway for outbound connections of machines without a public address. */
export interface NatGateway extends Row {
  readonly name: string;
  readonly vpc_id: string;
  readonly subnet_id: string;
  readonly port_id: string;
  readonly fixed_ip: string;
  readonly status: "BUILD" | "ACTIVE";
}

export const NAT_GATEWAYS = new Kind<NatGateway>("NAT gateway");

/** A stateless list of allow and deny rules for the traffic of a network. */
export interface Acl extends Row {
  readonly name: string;
  readonly description: string;
  readonly revision_number: number;
}

export const ACLS = new Kind<Acl>("Network ACL");

/** A rule of a network ACL. The matching rule with the lowest order applies. */
export interface AclRule extends Row {
  readonly acl_id: string;
  readonly policy: "allow" | "deny";
  readonly order: number;
  readonly src_ip: string;
  readonly dst_ip: string;
  readonly protocol: "tcp" | "udp" | "icmp" | null;
}

export const ACL_RULES = new Kind<AclRule>("Network ACL rule");

/** The binding of a network ACL to a VPC. */
export interface AclBinding extends Row {
  readonly acl_id: string;
  readonly network_id: string;
}

export const ACL_BINDINGS = new Kind<AclBinding>("Network ACL binding");
