import type { Certainty, Unknown } from "../certainty";
import type { Range } from "../traffic/range";
import type { NetworkAcl } from "./network-acl";
import type { RoutingTable } from "./routing-table";
import type { SecurityGroup } from "./security-group";

/** A subnet with its routing table and network ACL. */
export interface Subnet {
  readonly path: string;
  readonly cidr: Range | Unknown;
  /** Key of the network: addresses of one network are routed to each other. */
  readonly network: string;
  readonly table: RoutingTable | Unknown;
  /** Undefined where the cloud has no ACLs, or no ACL is associated. */
  readonly acl: NetworkAcl | Unknown | undefined;
}

/** A network interface. */
export interface Interface {
  readonly kind: "interface";
  readonly path: string;
  readonly subnet: Subnet | Unknown;
  /** Its address, or the range from which the cloud assigns it. */
  readonly addresses: Range | Unknown;
  /** Whether it has a public address. */
  readonly isPublic: Certainty;
  /** Its security groups; undefined where they are not evaluated: any machine of a subnet, a port without port security. */
  readonly groups: readonly SecurityGroup[] | undefined;
  /** Whether it accepts and forwards packets with other destinations. */
  readonly forwards: boolean;
}

/** A machine with its interfaces: it is reachable through any of them. */
export interface Machine {
  readonly kind: "machine";
  readonly path: string;
  /** Whether it represents several similar machines: the nodes of a node group, any machine of a subnet. */
  readonly replicated: boolean;
  readonly interfaces: readonly Interface[];
}

/** The hosts of the internet, or of a part of it. */
export interface Internet {
  readonly kind: "internet";
  readonly path: string;
  readonly blocks: readonly Range[];
}

/** A service of the cloud with public addresses, which routing tables can reach without the internet. */
export interface Service {
  readonly kind: "service";
  readonly path: string;
  /** Key by which routing tables refer to it. */
  readonly key: string;
  /** Key of its prefix list, by which rules of security groups refer to its addresses. */
  readonly list: string;
}

/** An endpoint of a connection. */
export type Endpoint = Interface | Internet | Service;

/** A source or destination of a query. */
export type NetworkNode = Machine | Internet | Service;
