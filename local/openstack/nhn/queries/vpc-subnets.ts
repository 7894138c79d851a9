import type { JsonObject } from "../../../http/json";
import type { Store } from "../../store";
import { ROUTING_TABLES, type RoutingTable, VPC_SUBNETS, type VpcSubnet } from "../models";
import { defaultTable } from "./routing-tables";

/** The subnets of a VPC. */
export function vpcSubnetsOf(store: Store, vpcId: string): readonly VpcSubnet[] {
  return store.all(VPC_SUBNETS).filter(({ vpc_id }) => vpc_id === vpcId);
}

/** What leads from a subnet to the internet; nothing when nothing does. */
export function gatewayOfSubnet(store: Store, subnetId: string): string | undefined {
  const subnet = store.find(VPC_SUBNETS, subnetId);
  return subnet === undefined ? undefined : (tableOfSubnet(store, subnet).gateway_id ?? undefined);
}

/** A subnet as those see it who made it. */
export function vpcSubnetView(_world: Store, { table: _table, ...subnet }: VpcSubnet): JsonObject {
  return subnet;
}

/** The table that decides about a subnet. */
export function tableOfSubnet(store: Store, { table, vpc_id }: VpcSubnet): RoutingTable {
  return table === null ? defaultTable(store, vpc_id) : store.get(ROUTING_TABLES, table);
}

/** The subnets that a table decides about. */
export function subnetsOn(store: Store, table: RoutingTable): readonly VpcSubnet[] {
  return vpcSubnetsOf(store, table.vpc_id).filter((subnet) => tableOfSubnet(store, subnet).id === table.id);
}
