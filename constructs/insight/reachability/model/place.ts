import type { Certainty, Unknown } from "./certainty";
import type { NetworkAcl } from "./network-acl";
import type { Range } from "./range";
import type { RoutingTable } from "./routing-table";
import type { SecurityGroup } from "./security-group";

/** A subnet, with what stands in front of it. */
export interface Subnet {
  readonly path: string;
  readonly cidr: Range | Unknown;
  /** Key of the network: addresses of one network lead to each other. */
  readonly network: string;
  readonly table: RoutingTable | Unknown;
  /** Nothing where the cloud has no ACLs, or none is bound. */
  readonly acl: NetworkAcl | Unknown | undefined;
}

/** A network interface: where packets begin and end. */
export interface Interface {
  readonly kind: "interface";
  readonly path: string;
  readonly subnet: Subnet | Unknown;
  /** Its address, or all that the cloud may give it. */
  readonly addresses: Range | Unknown;
  /** Whether an address of the internet stands in front of it. */
  readonly isPublic: Certainty;
  /** Its firewalls. Nothing where they are not asked about: any machine of a subnet, a port without protection. */
  readonly groups: readonly SecurityGroup[] | undefined;
  /** Whether it also takes packets that are not its own, and sends them on. */
  readonly forwards: boolean;
}

/** A machine, with all its interfaces: it is reached where one of them is. */
export interface Machine {
  readonly kind: "machine";
  readonly path: string;
  /** Whether it stands for several that are alike: the nodes of a group, whatever stands in a subnet. */
  readonly several: boolean;
  readonly interfaces: readonly Interface[];
}

/** The hosts of the internet, or some of them. */
export interface Internet {
  readonly kind: "internet";
  readonly path: string;
  readonly blocks: readonly Range[];
}

/** A service of the cloud with public addresses, to which routing tables may lead without the internet. */
export interface Service {
  readonly kind: "service";
  readonly path: string;
  /** By what routing tables name it. */
  readonly key: string;
  /** By what rules of security groups name its addresses. */
  readonly list: string;
}

/** Where a connection begins or ends. */
export type End = Interface | Internet | Service;

/** Who a question is about. */
export type Party = Machine | Internet | Service;
