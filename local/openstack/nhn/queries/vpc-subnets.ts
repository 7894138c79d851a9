import type { JsonObject } from "../../../http/json";
import type { Store } from "../../store";
import { ROUTING_TABLES, type RoutingTable, VPC_SUBNETS, type VpcSubnet } from "../models";
import { defaultTable } from "./routing-tables";

/** The subnets of a VPC. */
export function vpcSubnetsOf(store: Store, vpcId: string): readonly VpcSubnet[] {
  return store.all(VPC_SUBNETS).filter(({ vpc_id }) => vpc_id === vpcId);
}

/** The id of the internet gateway of a subnet; `undefined` when its routing table has none. */
export function gatewayOfSubnet(store: Store, subnetId: string): string | undefined {
  const subnet = store.find(VPC_SUBNETS, subnetId);
  return subnet === undefined ? undefined : (tableOfSubnet(store, subnet).gateway_id ?? undefined);
}

/** The representation of a subnet in lists and in the response to its creation. */
export function vpcSubnetView(_world: Store, { table: _table, ...subnet }: VpcSubnet): JsonObject {
  return subnet;
}

/** The routing table of a subnet. */
export function tableOfSubnet(store: Store, { table, vpc_id }: VpcSubnet): RoutingTable {
  return table === null ? defaultTable(store, vpc_id) : store.get(ROUTING_TABLES, table);
}

/** The subnets that use a routing table. */
export function subnetsOn(store: Store, table: RoutingTable): readonly VpcSubnet[] {
  return vpcSubnetsOf(store, table.vpc_id).filter((subnet) => tableOfSubnet(store, subnet).id === table.id);
}
