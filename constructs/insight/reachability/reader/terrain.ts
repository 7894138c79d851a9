import type { Machine, Service, Subnet } from "../model/place";
import type { SecurityGroup } from "../model/security-group";
import type { Element } from "./element";

/** What a reader makes of a tree: what stands for which element. */
export interface Terrain {
  /** Machines, load balancers, endpoints. Several where an element stands for machines in several subnets. */
  readonly parties: ReadonlyMap<Element, readonly (Machine | Service)[]>;
  /** Interfaces that are made by themselves, each as a machine with nothing else; they may also be part of one. */
  readonly ports: ReadonlyMap<Element, readonly Machine[]>;
  readonly subnets: ReadonlyMap<Element, Subnet>;
  /** Networks, by the key that their subnets have. */
  readonly networks: ReadonlyMap<Element, string>;
  readonly groups: ReadonlyMap<Element, GroupInNetwork>;
}

/** A security group, and the network that its members stand in, where it belongs to one. */
export interface GroupInNetwork {
  readonly group: SecurityGroup;
  readonly network: string | undefined;
}
