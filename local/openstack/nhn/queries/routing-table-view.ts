import type { JsonObject } from "../../../http/json";
import type { Store } from "../../store";
import { INTERNET_GATEWAYS, ROUTES, type RoutingTable, VPCS } from "../models";
import { routeView } from "./routes";
import { subnetsOn } from "./vpc-subnets";

/** A table in a list: the gateway is present only while one is attached. */
export function tableSummary(store: Store, { vpc_id: _vpc, gateway_id, ...table }: RoutingTable): JsonObject {
  if (gateway_id === null) return table;
  return { ...table, gateway_id, gateway_name: store.get(INTERNET_GATEWAYS, gateway_id).name };
}

/** A table that is read by its id. */
export function tableDetail(store: Store, table: RoutingTable): JsonObject {
  return {
    ...tableSummary(store, table),
    vpcs: [table.vpc_id],
    subnets: subnetsOn(store, table).map(({ id }) => id),
    routes: store
      .all(ROUTES)
      .filter(({ routingtable_id }) => routingtable_id === table.id)
      .map(routeView),
  };
}

/** A table in a list with `detail=true`. */
export function tableWithNames(store: Store, table: RoutingTable): JsonObject {
  const { id, name } = store.get(VPCS, table.vpc_id);
  return {
    ...tableSummary(store, table),
    vpcs: [{ id, name }],
    subnets: subnetsOn(store, table).map((subnet) => ({ id: subnet.id, name: subnet.name })),
  };
}
