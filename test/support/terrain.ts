import { Cidr } from "@groundwork/constructs/core/cidr";
import type { Port } from "@groundwork/constructs/core/port";
import type { AclRule, NetworkAcl } from "@groundwork/constructs/insight/reachability/model/network-acl";
import { Outcome } from "@groundwork/constructs/insight/reachability/model/outcome";
import { INTERNET } from "@groundwork/constructs/insight/reachability/model/packets";
import type {
  Interface,
  Internet,
  Machine,
  Party,
  Subnet,
} from "@groundwork/constructs/insight/reachability/model/place";
import type { Route } from "@groundwork/constructs/insight/reachability/model/routing-table";
import type { GroupRule, SecurityGroup } from "@groundwork/constructs/insight/reachability/model/security-group";

/** Everybody out there. */
export const WORLD: Internet = { kind: "internet", path: "the internet", blocks: INTERNET };

/** The way inside that every table of a network of 10.0.0.0/16 has. */
export const LOCAL: Route = { destination: Cidr.parse("10.0.0.0/16"), target: { kind: "local" } };

/** The way out through an internet gateway. */
export const OUT: Route = {
  destination: Cidr.parse("0.0.0.0/0"),
  target: { kind: "internet", path: "gateway", translates: false },
};

/** A subnet of 10.0.0.0/16 with the internet at its door, without an ACL. */
export function subnet(
  path: string,
  cidr: string,
  props: Partial<Subnet> & { readonly routes?: readonly Route[] } = {},
): Subnet {
  const { routes = [LOCAL, OUT], ...given } = props;
  return {
    ...{ path, cidr: Cidr.parse(cidr), network: "network", acl: undefined },
    table: { path: `${path}-table`, routes, services: [] },
    ...given,
  };
}

/** A machine with a public address, whose groups are no matter. */
export function machine(path: string, at: Subnet, address: string, props: Partial<Interface> = {}): Machine {
  const one: Interface = {
    ...{ kind: "interface", path, subnet: at, isPublic: "yes", groups: undefined, forwards: false },
    addresses: Cidr.parse(`${address}/32`),
    ...props,
  };
  return { kind: "machine", path, several: false, interfaces: [one] };
}

/** The interface of such a machine. */
export function onlyInterface(of: Machine): Interface {
  const [one] = of.interfaces;
  if (one === undefined) throw new Error(`${of.path} has no interface`);
  return one;
}

/** A group whose rules are all known. */
export function group(path: string, ...rules: readonly GroupRule[]): SecurityGroup {
  return { key: path, path, rules, complete: true };
}

/** A rule of a group, named after what it is about. */
export function rule(direction: "in" | "out", traffic: Port, peer: string): GroupRule {
  const named = peer.includes("/") ? Cidr.parse(peer) : { group: peer };
  return { direction, traffic, peer: named, name: `${traffic.toString()} ${direction} ${peer}` };
}

/** An ACL in front of a subnet. */
export function acl(path: string, inbound: readonly AclRule[], outbound: readonly AclRule[]): NetworkAcl {
  return { path, inbound, outbound, last: "*", border: "subnet", complete: true };
}

/** One line of an ACL. */
export function line(number: number, action: "allow" | "deny", traffic: Port, peer: Partial<AclRule> = {}): AclRule {
  return { number, action, traffic, ...peer };
}

/** What becomes of connections between two parties. */
export function asked(from: Party, to: Party, port: Port): Outcome {
  return Outcome.about([from], [to], port);
}
