import { conflict } from "../../api/api-error";
import { hasFloatingIps } from "../../network/queries/floating-ips";
import type { World } from "../../store";
import { INTERNET_GATEWAYS, ROUTES, ROUTING_TABLES, type RoutingTable } from "../models";
import { addInternetRoute, EVERYWHERE } from "./routes";
import { subnetsOn } from "./vpc-subnets";

/** Lets a table's subnets reach the internet. */
export function attachGateway(world: World, table: RoutingTable, gatewayId: string): void {
  world.get(INTERNET_GATEWAYS, gatewayId);
  if (table.gateway_id !== null)
    throw conflict(
      "RoutingTableInUse",
      `internet gateway ${table.gateway_id} is attached to table ${table.id} already`,
    );
  const other = world.all(ROUTING_TABLES).find(({ gateway_id }) => gateway_id === gatewayId);
  if (other !== undefined)
    throw conflict("InternetGatewayInUse", `internet gateway ${gatewayId} is attached to table ${other.id}`);
  if (world.all(ROUTES).some(({ routingtable_id, cidr }) => routingtable_id === table.id && cidr === EVERYWHERE))
    throw conflict("RouteExists", `table ${table.id} has a route for ${EVERYWHERE} already`);
  world.change(ROUTING_TABLES, table.id, { gateway_id: gatewayId });
  addInternetRoute(world, table.id, gatewayId);
}

/** Ends it. Refuses while something in one of the subnets has a public address. */
export function detachGateway(world: World, table: RoutingTable): void {
  if (table.gateway_id === null)
    throw conflict("InternetGatewayNotAttached", `no internet gateway is attached to table ${table.id}`);
  refuseWhileNeeded(world, table);
  for (const route of world.all(ROUTES))
    if (route.routingtable_id === table.id && route.gateway_id !== null) world.remove(ROUTES, route.id);
  world.change(ROUTING_TABLES, table.id, { gateway_id: null });
}

function refuseWhileNeeded(world: World, table: RoutingTable): void {
  const subnet = subnetsOn(world, table).find(({ id }) => hasFloatingIps(world, id));
  if (subnet !== undefined)
    throw conflict("InternetGatewayInUse", `subnet ${subnet.id} on table ${table.id} holds floating IPs`);
}
