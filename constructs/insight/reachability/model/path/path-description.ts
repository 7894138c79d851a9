import { type Unknown, isUnknown } from "../certainty";
import { Hop } from "../hop";
import type { Interface } from "../network/endpoint";
import type { Route, RouteLookup, RouteTarget, RoutingTable } from "../network/routing-table";
import type { Cidr } from "../../../../core/cidr";

/** The hop for a missing or unknown route. */
export function noRoute(found: RouteLookup, from: string, to: string): Hop {
  return "unknown" in found ? Hop.unknown(found.unknown) : Hop.blocked(`no route from ${from} to ${to}`);
}

/** The hop for a route that ends, or continues outside of the tree. */
export function endOfPath(target: RouteTarget, text: string): Hop {
  const isEnd = target.kind === "blackhole" || target.kind === "local";
  return isEnd ? Hop.blocked(text) : Hop.unknown(`${text}, whose further routes are outside of this tree`);
}

/** The routing table of an interface. */
export function routingTableOf({ subnet }: Interface): RoutingTable | Unknown {
  return isUnknown(subnet) ? subnet : subnet.table;
}

/** The subnet of a machine, or the machine itself where its subnet is unknown. */
export function locationOf({ subnet, path }: Interface): string {
  return isUnknown(subnet) ? path : `subnet ${subnet.path}`;
}

/** The path of a target. */
export function pathOf(target: RouteTarget): string {
  return target.kind === "local" ? "the network" : target.path;
}

/** A route with its target. */
export function describeRoute(table: RoutingTable, { destination, target }: Route & { destination: Cidr }): string {
  return `${table.path} routes ${destination.toString()} to ${describeTarget(target)}`;
}

function describeTarget(target: RouteTarget): string {
  const prefix = {
    local: "",
    internet: "internet gateway ",
    nat: "NAT gateway ",
    machine: "",
    external: "",
    blackhole: "",
  };
  return `${prefix[target.kind]}${pathOf(target)}`;
}
