import type { Cidr } from "../../../core/cidr";
import type { Unknown } from "./certainty";
import { isUnknown } from "./certainty";
import type { Interface, Subnet } from "./place";
import type { Range } from "./range";
import { meet, within } from "./range";

/** Where a route leads. */
export type Target =
  /** To the addresses of the network itself. */
  | { readonly kind: "local" }
  /** To the internet, for machines with an address of it; where it translates, also for others, with an address of its own. */
  | { readonly kind: "internet"; readonly path: string; readonly translates: boolean }
  /** To the internet with another address, out only. Without a subnet it stands in none. */
  | { readonly kind: "nat"; readonly path: string; readonly subnet: Subnet | undefined }
  /** To a machine that forwards. */
  | { readonly kind: "machine"; readonly path: string; readonly machine: Interface }
  /** To something whose far side the tree does not hold. */
  | { readonly kind: "elsewhere"; readonly path: string }
  /** Nowhere: it drops. */
  | { readonly kind: "nowhere"; readonly path: string };

/** One way of a routing table. */
export interface Route {
  readonly destination: Cidr | Unknown;
  readonly target: Target;
}

/** Where packets of a subnet go. */
export interface RoutingTable {
  readonly path: string;
  readonly routes: readonly Route[];
  /** Services that the table leads to directly, by their keys. */
  readonly services: readonly string[];
}

/** What a look into a routing table finds. */
export type Found =
  { readonly route: Route & { readonly destination: Cidr } } | { readonly none: true } | { readonly unknown: string };

/** The route with the longest prefix among those that hold the addresses. */
export function lookUp(table: RoutingTable, addresses: Range | Unknown): Found {
  if (isUnknown(addresses)) return addresses;
  const unclear = table.routes.find(({ destination }) => isUnknown(destination));
  if (unclear !== undefined)
    return {
      unknown: `a route of ${table.path} leads to a block that is known at apply only, and may hold the address`,
    };
  const known = table.routes.flatMap(({ destination, target }) =>
    isUnknown(destination) ? [] : [{ destination, target }],
  );
  const [best] = known
    .filter(({ destination }) => meet(destination, addresses))
    .sort((one, other) => other.destination.prefix - one.destination.prefix);
  if (best === undefined) return { none: true };
  if (!within(addresses, best.destination))
    return { unknown: `a route of ${table.path} to ${best.destination.toString()} holds only some of the addresses` };
  return { route: best };
}
