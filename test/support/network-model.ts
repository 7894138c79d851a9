import { Cidr } from "@groundwork/constructs/core/cidr";
import type { Port } from "@groundwork/constructs/core/port";
import type { AclRule, NetworkAcl } from "@groundwork/constructs/insight/reachability/model/network/network-acl";
import { Outcome } from "@groundwork/constructs/insight/reachability/model/evaluation/outcome";
import { INTERNET } from "@groundwork/constructs/insight/reachability/model/traffic/packets";
import type {
  Interface,
  Internet,
  Machine,
  NetworkNode,
  Subnet,
} from "@groundwork/constructs/insight/reachability/model/network/endpoint";
import type { Route } from "@groundwork/constructs/insight/reachability/model/network/routing-table";
import type {
  GroupRule,
  SecurityGroup,
} from "@groundwork/constructs/insight/reachability/model/network/security-group";

/** All hosts of the internet. */
export const INTERNET_HOSTS: Internet = { kind: "internet", path: "the internet", blocks: INTERNET };

/** The local route of a network with 10.0.0.0/16. */
export const LOCAL: Route = { destination: Cidr.parse("10.0.0.0/16"), target: { kind: "local" } };

/** The default route through an internet gateway. */
export const OUT: Route = {
  destination: Cidr.parse("0.0.0.0/0"),
  target: { kind: "internet", path: "gateway", translates: false },
};

/** A subnet of 10.0.0.0/16 with a default route to the internet gateway, without an ACL. */
export function subnet(
  path: string,
  cidr: string,
  props: Partial<Subnet> & { readonly routes?: readonly Route[] } = {},
): Subnet {
  const { routes = [LOCAL, OUT], ...others } = props;
  return {
    path,
    cidr: Cidr.parse(cidr),
    network: "network",
    acl: undefined,
    table: { path: `${path}-table`, routes, services: [] },
    ...others,
  };
}

/** A machine with a public address and without security groups. */
export function machine(path: string, at: Subnet, address: string, props: Partial<Interface> = {}): Machine {
  const networkInterface: Interface = {
    kind: "interface",
    path,
    subnet: at,
    isPublic: "yes",
    groups: undefined,
    forwards: false,
    addresses: Cidr.parse(`${address}/32`),
    ...props,
  };
  return { kind: "machine", path, replicated: false, interfaces: [networkInterface] };
}

/** The only interface of a machine. */
export function onlyInterface(of: Machine): Interface {
  const [first] = of.interfaces;
  if (first === undefined) throw new Error(`${of.path} has no interface`);
  return first;
}

/** A group with all of its rules. */
export function group(path: string, ...rules: readonly GroupRule[]): SecurityGroup {
  return { key: path, path, rules, complete: true };
}

/** A rule of a group, named after its traffic, direction and peer. */
export function rule(direction: "in" | "out", traffic: Port, peer: string): GroupRule {
  const groupPeer = peer.includes("/") ? Cidr.parse(peer) : { group: peer };
  return { direction, traffic, peer: groupPeer, name: `${traffic.toString()} ${direction} ${peer}` };
}

/** An ACL of a subnet. */
export function acl(path: string, inbound: readonly AclRule[], outbound: readonly AclRule[]): NetworkAcl {
  return { path, inbound, outbound, defaultRule: "*", scope: "subnet", complete: true };
}

/** A rule of an ACL. */
export function aclRule(number: number, action: "allow" | "deny", traffic: Port, peer: Partial<AclRule> = {}): AclRule {
  return { number, action, traffic, ...peer };
}

/** The outcome of connections between two nodes. */
export function outcomeOf(from: NetworkNode, to: NetworkNode, port: Port): Outcome {
  return Outcome.of([from], [to], port);
}
