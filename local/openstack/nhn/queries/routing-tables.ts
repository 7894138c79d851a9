import { OWNER } from "../../account";
import { notFound } from "../../api/api-error";
import { spacedNow } from "../../network/timestamps";
import type { World } from "../../store";
import { ROUTES, ROUTING_TABLES, type RoutingTable, VPCS } from "../models";
import { addLocalRoute } from "./routes";

/** The tables of a VPC. */
export function tablesOf(world: World, vpcId: string): readonly RoutingTable[] {
  return world.all(ROUTING_TABLES).filter(({ vpc_id }) => vpc_id === vpcId);
}

/** The table of subnets that are on none of their own. */
export function defaultTable(world: World, vpcId: string): RoutingTable {
  const table = tablesOf(world, vpcId).find(({ default_table }) => default_table);
  if (table === undefined) throw notFound("Routing table", `of VPC ${vpcId}`);
  return table;
}

/** Adds a table that knows the VPC itself. */
export function addTable(
  world: World,
  given: Pick<RoutingTable, "name" | "vpc_id" | "default_table"> & { readonly distributed?: boolean },
): RoutingTable {
  const row = {
    ...OWNER,
    id: world.newId(),
    state: "available",
    create_time: spacedNow(),
    distributed: true,
    gateway_id: null,
    ...given,
  };
  world.add(ROUTING_TABLES, row, { provided: given.default_table });
  addLocalRoute(world, row.id, world.get(VPCS, given.vpc_id).cidrv4);
  return row;
}

/** Takes a table and its routes away. */
export function removeTable(world: World, id: string): void {
  for (const route of world.all(ROUTES)) if (route.routingtable_id === id) world.remove(ROUTES, route.id);
  world.remove(ROUTING_TABLES, id);
}
