import { conflict } from "../../api/api-error";
import { hasFloatingIps } from "../../network/queries/floating-ips";
import type { Store } from "../../store";
import { INTERNET_GATEWAYS, ROUTES, ROUTING_TABLES, type RoutingTable } from "../models";
import { addInternetRoute, ALL_ADDRESSES } from "./routes";
import { subnetsOn } from "./vpc-subnets";

/** Attaches an internet gateway to a routing table. */
export function attachGateway(store: Store, table: RoutingTable, gatewayId: string): void {
  store.get(INTERNET_GATEWAYS, gatewayId);
  if (table.gateway_id !== null)
    throw conflict(
      "RoutingTableInUse",
      `internet gateway ${table.gateway_id} is attached to table ${table.id} already`,
    );
  const other = store.all(ROUTING_TABLES).find(({ gateway_id }) => gateway_id === gatewayId);
  if (other !== undefined)
    throw conflict("InternetGatewayInUse", `internet gateway ${gatewayId} is attached to table ${other.id}`);
  if (store.all(ROUTES).some(({ routingtable_id, cidr }) => routingtable_id === table.id && cidr === ALL_ADDRESSES))
    throw conflict("RouteExists", `table ${table.id} has a route for ${ALL_ADDRESSES} already`);
  store.change(ROUTING_TABLES, table.id, { gateway_id: gatewayId });
  addInternetRoute(store, table.id, gatewayId);
}

/** Detaches the internet gateway. Rejects this while a floating IP is associated with an address of one of the table's subnets. */
export function detachGateway(store: Store, table: RoutingTable): void {
  if (table.gateway_id === null)
    throw conflict("InternetGatewayNotAttached", `no internet gateway is attached to table ${table.id}`);
  rejectWhileRequired(store, table);
  for (const route of store.all(ROUTES))
    if (route.routingtable_id === table.id && route.gateway_id !== null) store.remove(ROUTES, route.id);
  store.change(ROUTING_TABLES, table.id, { gateway_id: null });
}

function rejectWhileRequired(store: Store, table: RoutingTable): void {
  const subnet = subnetsOn(store, table).find(({ id }) => hasFloatingIps(store, id));
  if (subnet !== undefined)
    throw conflict("InternetGatewayInUse", `subnet ${subnet.id} on table ${table.id} holds floating IPs`);
}
