import { Kind, type Row } from "../store";

/** A way out for machines that nobody outside can reach. */
export interface NatGateway extends Row {
  readonly name: string;
  readonly vpc_id: string;
  readonly subnet_id: string;
  readonly port_id: string;
  readonly fixed_ip: string;
  readonly status: "BUILD" | "ACTIVE";
}

export const NAT_GATEWAYS = new Kind<NatGateway>("NAT gateway");

/** One line of a routing table. */
export interface VpcRoute extends Row {
  readonly cidr: string;
  readonly mask: number;
  readonly gateway: string;
  readonly routingtable_id: string;
  readonly description: string;
  /** The internet gateway that brought it. */
  readonly gateway_id: string | null;
}

export const ROUTES = new Kind<VpcRoute>("Route");

/** Where traffic of some subnets of a VPC goes. */
export interface RoutingTable extends Row {
  readonly name: string;
  readonly vpc_id: string;
  readonly default_table: boolean;
  readonly distributed: boolean;
  /** The internet gateway that is attached. */
  readonly gateway_id: string | null;
}

export const ROUTING_TABLES = new Kind<RoutingTable>("Routing table");

/** A network ACL at the edge of a whole VPC. */
export interface AclBinding extends Row {
  readonly acl_id: string;
  readonly network_id: string;
}

export const ACL_BINDINGS = new Kind<AclBinding>("Network ACL binding");

/** One line of a network ACL. Of two that fit, the lower order counts. */
export interface AclRule extends Row {
  readonly acl_id: string;
  readonly policy: "allow" | "deny";
  readonly order: number;
  readonly src_ip: string;
  readonly dst_ip: string;
  readonly protocol: "tcp" | "udp" | "icmp" | null;
}

export const ACL_RULES = new Kind<AclRule>("Network ACL rule");

/** A way to the internet, once a table points at it. */
export interface InternetGateway extends Row {
  readonly name: string;
  readonly external_network_id: string;
}

export const INTERNET_GATEWAYS = new Kind<InternetGateway>("Internet gateway");

/** A part of a VPC. Neutron's face of it is a subnet with the same id. */
export interface VpcSubnet extends Row {
  readonly name: string;
  readonly vpc_id: string;
  readonly cidr: string;
  readonly gateway: string;
  /** The table that it was put on; nothing while it is on the VPC's default one. */
  readonly table: string | null;
}

export const VPC_SUBNETS = new Kind<VpcSubnet>("VPC subnet");

/** A network of one's own. Neutron's face of it is a network with the same id. */
export interface Vpc extends Row {
  readonly name: string;
  readonly cidrv4: string;
  readonly state: "available";
}

export const VPCS = new Kind<Vpc>("VPC");

/** A list of what may pass the edge of a network, without a memory of what passed before. */
export interface Acl extends Row {
  readonly name: string;
  readonly description: string;
  readonly revision_number: number;
}

export const ACLS = new Kind<Acl>("Network ACL");
