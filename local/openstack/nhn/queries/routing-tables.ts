import { OWNER } from "../../account";
import { notFound } from "../../api/api-error";
import { nhnTimestamp } from "../../network/timestamps";
import type { Store } from "../../store";
import { ROUTES, ROUTING_TABLES, type RoutingTable, VPCS } from "../models";
import { addLocalRoute } from "./routes";

/** The routing tables of a VPC. */
export function tablesOf(store: Store, vpcId: string): readonly RoutingTable[] {
  return store.all(ROUTING_TABLES).filter(({ vpc_id }) => vpc_id === vpcId);
}

/** The routing table of subnets that have no table attached. */
export function defaultTable(store: Store, vpcId: string): RoutingTable {
  const table = tablesOf(store, vpcId).find(({ default_table }) => default_table);
  if (table === undefined) throw notFound("Routing table", `of VPC ${vpcId}`);
  return table;
}

/** Adds a routing table with its local route. */
export function addTable(
  store: Store,
  given: Pick<RoutingTable, "name" | "vpc_id" | "default_table"> & { readonly distributed?: boolean },
): RoutingTable {
  const row = {
    ...OWNER,
    id: store.newId(),
    state: "available",
    create_time: nhnTimestamp(),
    distributed: true,
    gateway_id: null,
    ...given,
  };
  store.add(ROUTING_TABLES, row, { provided: given.default_table });
  addLocalRoute(store, row.id, store.get(VPCS, given.vpc_id).cidrv4);
  return row;
}

/** Deletes a routing table and its routes. */
export function removeTable(store: Store, id: string): void {
  for (const route of store.all(ROUTES)) if (route.routingtable_id === id) store.remove(ROUTES, route.id);
  store.remove(ROUTING_TABLES, id);
}
