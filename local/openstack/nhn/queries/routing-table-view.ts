import type { JsonObject } from "../../../http/json";
import type { World } from "../../store";
import { INTERNET_GATEWAYS, ROUTES, type RoutingTable, VPCS } from "../models";
import { routeView } from "./routes";
import { subnetsOn } from "./vpc-subnets";

/** A table as lists show it: a gateway is named only while there is one. */
export function tableSummary(world: World, { vpc_id: _vpc, gateway_id, ...table }: RoutingTable): JsonObject {
  if (gateway_id === null) return table;
  return { ...table, gateway_id, gateway_name: world.get(INTERNET_GATEWAYS, gateway_id).name };
}

/** A table as it shows itself. */
export function tableDetail(world: World, table: RoutingTable): JsonObject {
  return {
    ...tableSummary(world, table),
    vpcs: [table.vpc_id],
    subnets: subnetsOn(world, table).map(({ id }) => id),
    routes: world
      .all(ROUTES)
      .filter(({ routingtable_id }) => routingtable_id === table.id)
      .map(routeView),
  };
}

/** A table as a list with details shows it. */
export function tableWithNames(world: World, table: RoutingTable): JsonObject {
  const { id, name } = world.get(VPCS, table.vpc_id);
  return {
    ...tableSummary(world, table),
    vpcs: [{ id, name }],
    subnets: subnetsOn(world, table).map((subnet) => ({ id: subnet.id, name: subnet.name })),
  };
}
