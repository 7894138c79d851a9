import type { IConstruct } from "constructs";
import { Construct } from "constructs";
import type { Peer } from "../../../core/peer";
import type { Interface, Machine, Party, Subnet } from "../model/place";
import { INTERNET } from "../model/packets";
import { RCH001, RCH002 } from "../rules";
import { Element, resolved } from "./element";
import type { Elements } from "./elements";
import type { GroupInNetwork, Terrain } from "./terrain";

/** One end of a question: the internet or a block of it; a construct; or what constructs hand around for subnets and groups. */
export type Place =
  | Peer
  | IConstruct
  | { readonly subnetId: string }
  | { readonly securityGroupId: string }
  | { readonly connections: { readonly securityGroupId: string } };

/**
 * Finds what has addresses behind a place. A construct stands for its main resource, or else for the machines below it, or
 * for its subnets, or for its security groups. A subnet stands for any machine in it, whatever its groups; a group for its
 * members, or for a machine in each subnet of its network where it has none.
 */
export class Places {
  constructor(
    private readonly scope: IConstruct,
    private readonly elements: Elements,
    private readonly terrain: Terrain,
  ) {}

  /** Everybody who is meant. */
  at(place: Place): readonly Party[] {
    const parties = this.parties(place);
    if (parties.length > 0) return parties;
    throw RCH001.violation({
      at: this.scope,
      given: `${nameOf(place)}, where nothing in this tree has an address`,
      fix: "name a machine, a subnet, a security group, a load balancer or an endpoint of the tree, or what contains one",
    });
  }

  private parties(place: Place): readonly Party[] {
    if (isPeer(place)) return [this.internet(place)];
    if (Construct.isConstruct(place)) return this.below(place);
    const text = "subnetId" in place ? place.subnetId : groupId(place);
    const element = this.elementOf(text);
    return element === undefined ? [] : this.of(element);
  }

  private internet(peer: Peer): Party {
    if (peer.value === "0.0.0.0/0") return { kind: "internet", path: "the internet", blocks: INTERNET };
    const { cidr } = peer;
    if (cidr !== undefined && INTERNET.some(({ first, last }) => cidr.first >= first && cidr.last <= last))
      return { kind: "internet", path: cidr.toString(), blocks: [cidr] };
    throw RCH002.violation({
      at: this.scope,
      given: `${peer.kind} ${peer.value}`,
      fix: "say Peer.internet() or a block of public addresses; name the subnet or the machine that has a private one",
    });
  }

  private below(construct: IConstruct): readonly Party[] {
    const main = [construct, construct.node.defaultChild].flatMap((one) => (one === undefined ? [] : this.known(one)));
    const first = main.find((element) => this.of(element).length > 0);
    if (first !== undefined) return this.of(first);
    const all = construct.node.findAll().flatMap((one) => this.known(one));
    const { parties, ports, subnets, groups } = this.terrain;
    const kinds = [parties, ports, subnets, groups];
    const found = kinds.map((kind) => all.filter((element) => kind.has(element))).find((some) => some.length > 0);
    return [...new Set((found ?? []).flatMap((element) => this.of(element)))];
  }

  private known(construct: IConstruct): readonly Element[] {
    const key = Element.at(construct)?.key;
    const element = key === undefined ? undefined : this.elements.byKey.get(key);
    return element === undefined ? [] : [element];
  }

  private of(element: Element): readonly Party[] {
    const { parties, ports, subnets, groups, networks } = this.terrain;
    const subnet = subnets.get(element);
    const group = groups.get(element);
    const network = networks.get(element);
    if (subnet !== undefined) return [anyIn(subnet)];
    if (group !== undefined) return this.members(group);
    if (network !== undefined) return this.subnetsOf(network).map((one) => anyIn(one));
    return parties.get(element) ?? ports.get(element) ?? [];
  }

  private members({ group, network }: GroupInNetwork): readonly Party[] {
    const { parties, ports } = this.terrain;
    const members = [parties, ports].map((some) =>
      [...some.values()]
        .flat()
        .filter((party) => party.kind === "machine" && party.interfaces.some((one) => carries(one, group.key))),
    );
    const found = members.find((some) => some.length > 0);
    if (found !== undefined) return found;
    return this.subnetsOf(network).map((subnet) =>
      anyIn(subnet, { groups: [group], path: `a member of ${group.path} in ${subnet.path}` }),
    );
  }

  private subnetsOf(network: string | undefined): readonly Subnet[] {
    return [...this.terrain.subnets.values()].filter((subnet) => network !== undefined && subnet.network === network);
  }

  private elementOf(token: string): Element | undefined {
    const text = resolved(this.scope, token);
    return this.elements.stacks
      .map((stack) => this.elements.behind({ stack }, String(text)))
      .find((element) => element !== undefined);
  }
}

/** Any machine in a subnet. Whether it has a public address and which groups it carries is its own affair. */
function anyIn(subnet: Subnet, given: Partial<Interface> = {}): Machine {
  const path = given.path ?? `any machine in ${subnet.path}`;
  const one: Interface = {
    ...{ kind: "interface", path, subnet, addresses: subnet.cidr, isPublic: "yes", groups: undefined, forwards: false },
    ...given,
  };
  return { kind: "machine", path, several: true, interfaces: [one] };
}

function carries({ groups = [] }: Interface, key: string): boolean {
  return groups.some((group) => group.key === key);
}

function isPeer(place: Place): place is Peer {
  return "isInternet" in place;
}

function groupId(place: Exclude<Place, Peer | IConstruct | { subnetId: string }>): string {
  return "securityGroupId" in place ? place.securityGroupId : place.connections.securityGroupId;
}

function nameOf(place: Place): string {
  if (isPeer(place)) return place.value;
  return "node" in place ? place.node.path : JSON.stringify(place);
}
