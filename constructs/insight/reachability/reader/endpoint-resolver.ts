import { Construct, type IConstruct } from "constructs";
import type { Peer } from "../../../core/peer";
import type { Interface, Machine, NetworkNode, Subnet } from "../model/network/endpoint";
import { INTERNET } from "../model/traffic/packets";
import { RCH001, RCH002 } from "../rules";
import { Element, resolved } from "./element";
import type { Elements } from "./elements";
import type { GroupInNetwork, NetworkModel } from "./network-model";

/**
 * An endpoint of a query: the internet or a block of it, a construct, or an object with the id of a subnet or security group, such as
 * the interfaces that constructs export.
 */
export type TrafficEndpoint =
  | Peer
  | IConstruct
  | { readonly subnetId: string }
  | { readonly securityGroupId: string }
  | { readonly connections: { readonly securityGroupId: string } };

/**
 * Finds the machines, services and internet hosts of an endpoint. A construct represents its main resource, or else the machines below
 * it, or else its subnets, or else its security groups. A subnet represents any machine in it, with any security groups; a security
 * group represents its members, or else a machine in each subnet of its network.
 */
export class EndpointResolver {
  constructor(
    private readonly scope: IConstruct,
    private readonly elements: Elements,
    private readonly model: NetworkModel,
  ) {}

  /** All nodes of an endpoint. */
  resolve(endpoint: TrafficEndpoint): readonly NetworkNode[] {
    const nodes = this.nodesOf(endpoint);
    if (nodes.length > 0) return nodes;
    throw RCH001.violation({
      at: this.scope,
      given: `${nameOf(endpoint)}, which has no address in this tree`,
      fix: "use a machine, subnet, security group, load balancer or endpoint of the tree, or a construct that contains one",
    });
  }

  private nodesOf(endpoint: TrafficEndpoint): readonly NetworkNode[] {
    if (isPeer(endpoint)) return [this.internet(endpoint)];
    if (Construct.isConstruct(endpoint)) return this.below(endpoint);
    const element = this.elementOf("subnetId" in endpoint ? endpoint.subnetId : groupId(endpoint));
    return element === undefined ? [] : this.of(element);
  }

  private internet(peer: Peer): NetworkNode {
    if (peer.value === "0.0.0.0/0") return { kind: "internet", path: "the internet", blocks: INTERNET };
    const { cidr } = peer;
    if (cidr !== undefined && INTERNET.some(({ first, last }) => cidr.first >= first && cidr.last <= last))
      return { kind: "internet", path: cidr.toString(), blocks: [cidr] };
    throw RCH002.violation({
      at: this.scope,
      given: `${peer.kind} ${peer.value}`,
      fix: "use Peer.internet(), a block of public addresses, or the subnet or machine with the private address",
    });
  }

  private below(construct: IConstruct): readonly NetworkNode[] {
    const main = [construct, construct.node.defaultChild].flatMap((one) => (one === undefined ? [] : this.known(one)));
    const first = main.find((element) => this.of(element).length > 0);
    if (first !== undefined) return this.of(first);
    const all = construct.node.findAll().flatMap((child) => this.known(child));
    const { nodes, ports, subnets, groups } = this.model;
    const kinds = [nodes, ports, subnets, groups];
    const found = kinds
      .map((kind) => all.filter((element) => kind.has(element)))
      .find((elements) => elements.length > 0);
    return [...new Set((found ?? []).flatMap((element) => this.of(element)))];
  }

  private known(construct: IConstruct): readonly Element[] {
    const key = Element.of(construct)?.key;
    const element = key === undefined ? undefined : this.elements.byKey.get(key);
    return element === undefined ? [] : [element];
  }

  private of(element: Element): readonly NetworkNode[] {
    const { nodes, ports, subnets, groups, networks } = this.model;
    const subnet = subnets.get(element);
    const group = groups.get(element);
    const network = networks.get(element);
    if (subnet !== undefined) return [anyMachineIn(subnet)];
    if (group !== undefined) return this.members(group);
    if (network !== undefined) return this.subnetsOf(network).map((other) => anyMachineIn(other));
    return nodes.get(element) ?? ports.get(element) ?? [];
  }

  private members({ group, network }: GroupInNetwork): readonly NetworkNode[] {
    const { nodes, ports } = this.model;
    const members = [nodes, ports].map((kind) =>
      [...kind.values()]
        .flat()
        .filter((node) => node.kind === "machine" && node.interfaces.some((one) => hasGroup(one, group.key))),
    );
    const found = members.find((kind) => kind.length > 0);
    if (found !== undefined) return found;
    return this.subnetsOf(network).map((subnet) =>
      anyMachineIn(subnet, { groups: [group], path: `a member of ${group.path} in ${subnet.path}` }),
    );
  }

  private subnetsOf(network: string | undefined): readonly Subnet[] {
    return [...this.model.subnets.values()].filter((subnet) => network !== undefined && subnet.network === network);
  }

  private elementOf(token: string): Element | undefined {
    const text = resolved(this.scope, token);
    return this.elements.stacks
      .map((stack) => this.elements.resolve({ stack }, String(text)))
      .find((element) => element !== undefined);
  }
}

/** Any machine in a subnet, with a public address and without restrictions by security groups. */
function anyMachineIn(subnet: Subnet, props: Partial<Interface> = {}): Machine {
  const path = props.path ?? `any machine in ${subnet.path}`;
  const networkInterface: Interface = {
    kind: "interface",
    path,
    subnet,
    addresses: subnet.cidr,
    isPublic: "yes",
    groups: undefined,
    forwards: false,
    ...props,
  };
  return { kind: "machine", path, replicated: true, interfaces: [networkInterface] };
}

function hasGroup({ groups = [] }: Interface, key: string): boolean {
  return groups.some((group) => group.key === key);
}

function isPeer(endpoint: TrafficEndpoint): endpoint is Peer {
  return "isInternet" in endpoint;
}

function groupId(endpoint: Exclude<TrafficEndpoint, Peer | IConstruct | { subnetId: string }>): string {
  return "securityGroupId" in endpoint ? endpoint.securityGroupId : endpoint.connections.securityGroupId;
}

function nameOf(endpoint: TrafficEndpoint): string {
  if (isPeer(endpoint)) return endpoint.value;
  return "node" in endpoint ? endpoint.node.path : JSON.stringify(endpoint);
}
