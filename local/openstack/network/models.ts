import type { Json, JsonObject } from "../../http/json";
import { Kind, type Row } from "../store";

/** One thing that a group lets through. */
export interface SecurityGroupRule extends Row {
  readonly security_group_id: string;
  readonly direction: "ingress" | "egress";
  readonly ethertype: "IPv4" | "IPv6";
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
  readonly remote_group_id: string | null;
  readonly remote_ip_prefix: string | null;
}

export const SECURITY_GROUP_RULES = new Kind<SecurityGroupRule>("Security group rule");

/** A network: a wire that subnets lie on. */
export interface Network extends Row {
  readonly name: string;
  readonly description: string;
  readonly status: "ACTIVE";
  readonly admin_state_up: boolean;
  readonly shared: boolean;
  readonly "router:external": boolean;
  readonly port_security_enabled: boolean;
  readonly mtu: number;
}

export const NETWORKS = new Kind<Network>("Network");

/** A list of what may reach a port, and whom it may reach. */
export interface SecurityGroup extends Row {
  readonly name: string;
  readonly description: string;
}

export const SECURITY_GROUPS = new Kind<SecurityGroup>("Security group");

/** Addresses that may be given away. */
export interface Pool extends JsonObject {
  readonly start: string;
  readonly end: string;
}

/** A block of a network's addresses. */
export interface Subnet extends Row {
  readonly name: string;
  readonly network_id: string;
  readonly cidr: string;
  readonly gateway_ip: string | null;
  readonly allocation_pools: readonly Pool[];
  readonly enable_dhcp: boolean;
}

export const SUBNETS = new Kind<Subnet>("Subnet");

/** What a firewall does with some traffic. */
export interface FirewallRule extends Row {
  readonly name: string;
}

/** Rules in their order. */
export interface FirewallPolicy extends Row {
  readonly name: string;
  readonly firewall_rules: readonly string[];
}

/** Policies before some ports. */
export interface FirewallGroup extends Row {
  readonly name: string;
  readonly ports: readonly string[];
  readonly ingress_firewall_policy_id: string | null;
  readonly egress_firewall_policy_id: string | null;
  readonly status: string;
}

export const FIREWALL_RULES = new Kind<FirewallRule>("Firewall rule");

export const FIREWALL_POLICIES = new Kind<FirewallPolicy>("Firewall policy");

export const FIREWALL_GROUPS = new Kind<FirewallGroup>("Firewall group");

/** A public address, which may stand for a port. */
export interface FloatingIp extends Row {
  readonly floating_network_id: string;
  readonly floating_ip_address: string;
  readonly port_id: string | null;
  readonly fixed_ip_address: string | null;
  readonly router_id: string | null;
  readonly status: "ACTIVE" | "DOWN";
}

export const FLOATING_IPS = new Kind<FloatingIp>("Floating IP");

/** Who owns the port of a NAT gateway. */
export const NAT_GATEWAY_OWNER = "goblin:natgateway";

/** How a router reaches the internet. */
export interface ExternalGateway extends JsonObject {
  readonly network_id: string;
  readonly enable_snat: boolean;
  readonly external_fixed_ips: readonly { readonly subnet_id: string; readonly ip_address: string }[];
}

/** A static route. */
export interface ExtraRoute extends JsonObject {
  readonly destination: string;
  readonly nexthop: string;
}

/** What joins subnets, and leads them to the internet. */
export interface Router extends Row {
  readonly name: string;
  readonly external_gateway_info: ExternalGateway | null;
  readonly routes: readonly ExtraRoute[];
}

export const ROUTERS = new Kind<Router>("Router");

/** A place where something is plugged into a network. */
export interface Port extends Row {
  readonly name: string;
  readonly network_id: string;
  readonly fixed_ips: readonly FixedIp[];
  readonly security_groups: readonly string[];
  readonly allowed_address_pairs: readonly Json[];
  readonly port_security_enabled: boolean;
  readonly device_id: string;
  readonly device_owner: string;
  readonly status: "ACTIVE" | "DOWN";
  readonly mac_address: string;
}

export const PORTS = new Kind<Port>("Port");

/** An address on a port. */
export interface FixedIp extends JsonObject {
  readonly subnet_id: string;
  readonly ip_address: string;
}
