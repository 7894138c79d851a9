import { conflict } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, nonEmptyText, read } from "../../api/fields";
import { listing } from "../../api/listing";
import { rejectMoreThan } from "../../network/queries/quotas";
import type { Store } from "../../store";
import { NAT_GATEWAYS, ROUTING_TABLES, type RoutingTable, VPC_SUBNETS } from "../models";
import { tableDetail, tableSummary, tableWithNames } from "../queries/routing-table-view";
import { addTable, defaultTable, removeTable, tablesOf } from "../queries/routing-tables";
import { attachGateway, detachGateway } from "../queries/table-gateways";
import { subnetsOn, vpcSubnetsOf } from "../queries/vpc-subnets";
import { ownVpc } from "../queries/vpcs";

const PER_VPC = 10;

const FILTERS = {
  filters: ["id", "name", "tenant_id", "default_table", "gateway_id", "distributed"],
  ignored: ["detail"],
};

const PATH = "/v2.0/routingtables";

/** Routing tables. */
export function routingTables(store: Store): readonly Route[] {
  return [
    { method: "GET", path: PATH, handle: (call) => listTables(store, call) },
    ...collection(store, {
      kind: ROUTING_TABLES,
      path: PATH,
      singular: "routingtable",
      plural: "routingtables",
      filters: [],
      view: (table) => tableSummary(store, table),
      detail: (table) => tableDetail(store, table),
      create: (call) => create(store, call),
      update: (call, { id }) =>
        store.change(
          ROUTING_TABLES,
          id,
          read(call, { wrapper: "routingtable", optional: { name: nonEmptyText, distributed: flag } }),
        ),
      remove: (table) => remove(store, table),
    }).filter((route) => route.path !== PATH || route.method !== "GET"),
    ...tableActions(store),
  ];
}

function listTables(store: Store, call: Call): Reply {
  const view = call.query.get("detail") === "true" ? tableWithNames : tableSummary;
  const tables = store.all(ROUTING_TABLES).map((table) => view(store, table));
  return { body: { routingtables: listing(call, tables, FILTERS) } };
}

function tableActions(store: Store): readonly Route[] {
  const detailed = (id: string): Reply => ({
    body: { routingtable: tableDetail(store, store.get(ROUTING_TABLES, id)) },
  });
  return [
    {
      method: "PUT",
      path: `${PATH}/:id/attach_gateway`,
      handle: (call) => {
        const { gateway_id } = read(call, { required: { gateway_id: nonEmptyText } });
        attachGateway(store, store.get(ROUTING_TABLES, param(call)), gateway_id);
        return detailed(param(call));
      },
    },
    {
      method: "PUT",
      path: `${PATH}/:id/detach_gateway`,
      handle: (call) => {
        read(call, {});
        detachGateway(store, store.get(ROUTING_TABLES, param(call)));
        return detailed(param(call));
      },
    },
    {
      method: "PUT",
      path: `${PATH}/:id/set_as_default`,
      handle: (call) => {
        setDefault(store, store.get(ROUTING_TABLES, param(call)));
        return detailed(param(call));
      },
    },
    { method: "GET", path: `${PATH}/:id/related_gateways`, handle: (call) => relatedGateways(store, call) },
  ];
}

function create(store: Store, call: Call): RoutingTable {
  const { tenant_id: _tenant, ...given } = read(call, {
    wrapper: "routingtable",
    required: { name: nonEmptyText, vpc_id: nonEmptyText },
    optional: { distributed: flag, tenant_id: nonEmptyText },
  });
  ownVpc(store, given.vpc_id);
  rejectMoreThan(PER_VPC, tablesOf(store, given.vpc_id).length, "Routing table");
  return addTable(store, { ...given, default_table: false });
}

function remove(store: Store, table: RoutingTable): void {
  if (table.default_table)
    throw conflict("RoutingTableInUse", `table ${table.id} is the default of its VPC and goes with it`);
  if (table.gateway_id !== null)
    throw conflict("RoutingTableInUse", `internet gateway ${table.gateway_id} is attached to table ${table.id}`);
  if (subnetsOn(store, table).length > 0) throw conflict("RoutingTableInUse", `subnets are on table ${table.id}`);
  removeTable(store, table.id);
}

function setDefault(store: Store, table: RoutingTable): void {
  // Subnets without an attached table keep their present table, which becomes attached explicitly.
  const before = defaultTable(store, table.vpc_id);
  for (const subnet of vpcSubnetsOf(store, table.vpc_id))
    if (subnet.table === table.id) store.change(VPC_SUBNETS, subnet.id, { table: null });
    else if (subnet.table === null) store.change(VPC_SUBNETS, subnet.id, { table: before.id });
  store.change(ROUTING_TABLES, before.id, { default_table: false });
  store.change(ROUTING_TABLES, table.id, { default_table: true });
}

function relatedGateways(store: Store, call: Call): Reply {
  const subnets = subnetsOn(store, store.get(ROUTING_TABLES, param(call))).map(({ id }) => id);
  const gateways = store.all(NAT_GATEWAYS).filter(({ subnet_id }) => subnets.includes(subnet_id));
  return { body: { gateways: gateways.map(({ id, name }) => ({ id, name, type: "goblin:natgateway" })) } };
}
