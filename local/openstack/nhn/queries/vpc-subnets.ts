import type { JsonObject } from "../../../http/json";
import type { World } from "../../store";
import { ROUTING_TABLES, type RoutingTable, VPC_SUBNETS, type VpcSubnet } from "../models";
import { defaultTable } from "./routing-tables";

/** The subnets of a VPC. */
export function vpcSubnetsOf(world: World, vpcId: string): readonly VpcSubnet[] {
  return world.all(VPC_SUBNETS).filter(({ vpc_id }) => vpc_id === vpcId);
}

/** What leads from a subnet to the internet; nothing when nothing does. */
export function gatewayOfSubnet(world: World, subnetId: string): string | undefined {
  const subnet = world.find(VPC_SUBNETS, subnetId);
  return subnet === undefined ? undefined : (tableOfSubnet(world, subnet).gateway_id ?? undefined);
}

/** A subnet as those see it who made it. */
export function vpcSubnetView(_world: World, { table: _table, ...subnet }: VpcSubnet): JsonObject {
  return subnet;
}

/** The table that decides about a subnet. */
export function tableOfSubnet(world: World, { table, vpc_id }: VpcSubnet): RoutingTable {
  return table === null ? defaultTable(world, vpc_id) : world.get(ROUTING_TABLES, table);
}

/** The subnets that a table decides about. */
export function subnetsOn(world: World, table: RoutingTable): readonly VpcSubnet[] {
  return vpcSubnetsOf(world, table.vpc_id).filter((subnet) => tableOfSubnet(world, subnet).id === table.id);
}
