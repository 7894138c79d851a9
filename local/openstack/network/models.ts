import type { Json, JsonObject } from "../../http/json";
import { Kind, type Row } from "../store";

/** A layer 2 network. */
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

/** A range of addresses that ports can get. */
export interface AllocationPool extends JsonObject {
  readonly start: string;
  readonly end: string;
}

/** A block of addresses on a network. */
export interface Subnet extends Row {
  readonly name: string;
  readonly network_id: string;
  readonly cidr: string;
  readonly gateway_ip: string | null;
  readonly allocation_pools: readonly AllocationPool[];
  readonly enable_dhcp: boolean;
}

export const SUBNETS = new Kind<Subnet>("Subnet");

/** An address of a port. */
export interface FixedIp extends JsonObject {
  readonly subnet_id: string;
  readonly ip_address: string;
}

/** A connection point of a network, used by one device. */
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

/** `device_owner` of the port of a NAT gateway of NHN Cloud. */
export const NAT_GATEWAY_OWNER = "goblin:natgateway";

/** The external gateway of a router. */
export interface ExternalGateway extends JsonObject {
  readonly network_id: string;
  readonly enable_snat: boolean;
  readonly external_fixed_ips: readonly { readonly subnet_id: string; readonly ip_address: string }[];
}

/** A static route of a router. */
export interface ExtraRoute extends JsonObject {
  readonly destination: string;
  readonly nexthop: string;
}

/** A router between subnets, optionally with an external gateway. */
export interface Router extends Row {
  readonly name: string;
  readonly external_gateway_info: ExternalGateway | null;
  readonly routes: readonly ExtraRoute[];
}

export const ROUTERS = new Kind<Router>("Router");

/** A public address, associated with at most one port. */
export interface FloatingIp extends Row {
  readonly floating_network_id: string;
  readonly floating_ip_address: string;
  readonly port_id: string | null;
  readonly fixed_ip_address: string | null;
  readonly router_id: string | null;
  readonly status: "ACTIVE" | "DOWN";
}

export const FLOATING_IPS = new Kind<FloatingIp>("Floating IP");

/** A set of rules for the traffic of ports. */
export interface SecurityGroup extends Row {
  readonly name: string;
  readonly description: string;
}

export const SECURITY_GROUPS = new Kind<SecurityGroup>("Security group");

/** Traffic that a security group allows. */
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

/** A firewall rule: what happens to traffic that matches. */
export interface FirewallRule extends Row {
  readonly name: string;
}

export const FIREWALL_RULES = new Kind<FirewallRule>("Firewall rule");

/** An ordered list of firewall rules. */
export interface FirewallPolicy extends Row {
  readonly name: string;
  readonly firewall_rules: readonly string[];
}

export const FIREWALL_POLICIES = new Kind<FirewallPolicy>("Firewall policy");

/** The ports that firewall policies apply to. */
export interface FirewallGroup extends Row {
  readonly name: string;
  readonly ports: readonly string[];
  readonly ingress_firewall_policy_id: string | null;
  readonly egress_firewall_policy_id: string | null;
  readonly status: string;
}

export const FIREWALL_GROUPS = new Kind<FirewallGroup>("Firewall group");
