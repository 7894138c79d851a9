import type { Cidr } from "../../../../core/cidr";
import { type Unknown, isUnknown } from "../certainty";
import { type Range, overlap, within } from "../traffic/range";
import type { Interface, Subnet } from "./endpoint";

/** The target of a route. */
export type RouteTarget =
  /** The addresses of the network itself. */
  | { readonly kind: "local" }
  /** An internet gateway: for machines with a public address, and for all machines if it translates to its own address. */
  | { readonly kind: "internet"; readonly path: string; readonly translates: boolean }
  /** A NAT gateway, for outbound connections. A regional one is in no subnet. */
  | { readonly kind: "nat"; readonly path: string; readonly subnet: Subnet | undefined }
  /** A machine that forwards packets. */
  | { readonly kind: "machine"; readonly path: string; readonly machine: Interface }
  /** A component whose further routes are outside of the tree, such as a transit gateway. */
  | { readonly kind: "external"; readonly path: string }
  /** No target: packets are dropped. */
  | { readonly kind: "blackhole"; readonly path: string };

/** A route of a routing table. */
export interface Route {
  readonly destination: Cidr | Unknown;
  readonly target: RouteTarget;
}

/** The routes of subnets. */
export interface RoutingTable {
  readonly path: string;
  readonly routes: readonly Route[];
  /** Keys of the services that the table routes to directly, through gateway endpoints. */
  readonly services: readonly string[];
}

/** The result of a lookup in a routing table. */
export type RouteLookup =
  { readonly route: Route & { readonly destination: Cidr } } | { readonly none: true } | { readonly unknown: string };

/** The route with the longest prefix that contains the addresses. */
export function lookUp(table: RoutingTable, addresses: Range | Unknown): RouteLookup {
  if (isUnknown(addresses)) return addresses;
  const unclear = table.routes.find(({ destination }) => isUnknown(destination));
  if (unclear !== undefined)
    return {
      unknown: `${table.path} has a route whose destination is known only after apply and may contain the address`,
    };
  const known = table.routes.flatMap(({ destination, target }) =>
    isUnknown(destination) ? [] : [{ destination, target }],
  );
  const [best] = known
    .filter(({ destination }) => overlap(destination, addresses))
    .sort((left, right) => right.destination.prefix - left.destination.prefix);
  if (best === undefined) return { none: true };
  if (!within(addresses, best.destination))
    return {
      unknown: `the route of ${table.path} to ${best.destination.toString()} contains only some of the addresses`,
    };
  return { route: best };
}
