import type { Unknown } from "./certainty";
import { isUnknown } from "./certainty";
import { Hop } from "./hop";
import type { Interface } from "./place";
import type { Found, RoutingTable, Target } from "./routing-table";

/** That no route leads on, or that nobody knows. */
export function noWay(found: Found, from: string, to: string): Hop {
  return "unknown" in found ? Hop.unknown(found.unknown) : Hop.blocked(`no route from ${from} to ${to}`);
}

/** That a route leads nowhere, or on to something of which nobody knows where it leads. */
export function deadEnd(target: Target, words: string): Hop {
  const isEnd = target.kind === "nowhere" || target.kind === "local";
  return isEnd ? Hop.blocked(words) : Hop.unknown(`what lies behind it: ${words}`);
}

/** The routing table in front of an interface. */
export function tableOf({ subnet }: Interface): RoutingTable | Unknown {
  return isUnknown(subnet) ? subnet : subnet.table;
}

/** Where a machine stands, or the machine itself where nobody knows. */
export function named({ subnet, path }: Interface): string {
  return isUnknown(subnet) ? path : `subnet ${subnet.path}`;
}

/** What a route leads to, by its path. */
export function pathOf(target: Target): string {
  return target.kind === "local" ? "the network" : target.path;
}

/** What a route leads to, with what it is. */
export function described(target: Target): string {
  const words = {
    local: "",
    internet: "internet gateway ",
    nat: "NAT gateway ",
    machine: "",
    elsewhere: "",
    nowhere: "",
  };
  return `${words[target.kind]}${pathOf(target)}`;
}
