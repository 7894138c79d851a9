import type { Machine, Service, Subnet } from "../model/network/endpoint";
import type { SecurityGroup } from "../model/network/security-group";
import type { Element } from "./element";

/** The networks of a construct tree, by the resources that define them. */
export interface NetworkModel {
  /** Machines, load balancers and endpoints. A resource with machines in several subnets has several nodes. */
  readonly nodes: ReadonlyMap<Element, readonly (Machine | Service)[]>;
  /** Interfaces with a resource of their own, each as a machine with one interface; they may also belong to a machine of `nodes`. */
  readonly ports: ReadonlyMap<Element, readonly Machine[]>;
  readonly subnets: ReadonlyMap<Element, Subnet>;
  /** Keys of the networks, to which their subnets refer. */
  readonly networks: ReadonlyMap<Element, string>;
  readonly groups: ReadonlyMap<Element, GroupInNetwork>;
}

/** A security group and its network, on clouds where groups belong to a network. */
export interface GroupInNetwork {
  readonly group: SecurityGroup;
  readonly network: string | undefined;
}
