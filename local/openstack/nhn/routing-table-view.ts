import type { JsonObject } from "../../aws/gateway/answer";
import type { World } from "../world";
import { INTERNET_GATEWAYS } from "./internet-gateways";
import { ROUTES, routeView } from "./routes";
import type { RoutingTable } from "./routing-tables";
import { defaultTable, ROUTING_TABLES } from "./routing-tables";
import type { VpcSubnet } from "./vpc-subnets";
import { vpcSubnetsOf } from "./vpc-subnets";
import { VPCS } from "./vpcs";

/** The table that decides about a subnet. */
export function tableOfSubnet(world: World, { table, vpc_id }: VpcSubnet): RoutingTable {
  return table === null ? defaultTable(world, vpc_id) : world.get(ROUTING_TABLES, table);
}

/** The subnets that a table decides about. */
export function subnetsOn(world: World, table: RoutingTable): readonly VpcSubnet[] {
  return vpcSubnetsOf(world, table.vpc_id).filter((subnet) => tableOfSubnet(world, subnet).id === table.id);
}

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
