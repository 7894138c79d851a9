import { conflict } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, read, word } from "../../api/fields";
import { listing } from "../../api/listing";
import { refuseMoreThan } from "../../network/queries/quotas";
import type { World } from "../../store";
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

/** Routing tables of NHN Cloud. */
export function routingTables(world: World): readonly Route[] {
  const path = "/v2.0/routingtables";
  const detailed = (id: string): Reply => ({
    body: { routingtable: tableDetail(world, world.get(ROUTING_TABLES, id)) },
  });
  return [
    {
      method: "GET",
      path,
      answer: (call) => {
        const view = call.query.get("detail") === "true" ? tableWithNames : tableSummary;
        return {
          body: {
            routingtables: listing(
              call,
              world.all(ROUTING_TABLES).map((table) => view(world, table)),
              FILTERS,
            ),
          },
        };
      },
    },
    ...collection(world, {
      kind: ROUTING_TABLES,
      path,
      one: "routingtable",
      many: "routingtables",
      filters: [],
      view: (table) => tableSummary(world, table),
      detail: (table) => tableDetail(world, table),
      create: (call) => create(world, call),
      update: (call, { id }) =>
        world.change(
          ROUTING_TABLES,
          id,
          read(call, { wrapper: "routingtable", optional: { name: word, distributed: flag } }),
        ),
      remove: (table) => remove(world, table),
    }).filter((route) => route.path !== path || route.method !== "GET"),
    {
      method: "PUT",
      path: `${path}/:id/attach_gateway`,
      answer: (call) => {
        const { gateway_id } = read(call, { required: { gateway_id: word } });
        attachGateway(world, world.get(ROUTING_TABLES, param(call)), gateway_id);
        return detailed(param(call));
      },
    },
    {
      method: "PUT",
      path: `${path}/:id/detach_gateway`,
      answer: (call) => {
        read(call, {});
        detachGateway(world, world.get(ROUTING_TABLES, param(call)));
        return detailed(param(call));
      },
    },
    {
      method: "PUT",
      path: `${path}/:id/set_as_default`,
      answer: (call) => {
        makeDefault(world, world.get(ROUTING_TABLES, param(call)));
        return detailed(param(call));
      },
    },
    { method: "GET", path: `${path}/:id/related_gateways`, answer: (call) => related(world, call) },
  ];
}

function create(world: World, call: Call): RoutingTable {
  const { tenant_id: _tenant, ...given } = read(call, {
    wrapper: "routingtable",
    required: { name: word, vpc_id: word },
    optional: { distributed: flag, tenant_id: word },
  });
  ownVpc(world, given.vpc_id);
  refuseMoreThan(PER_VPC, tablesOf(world, given.vpc_id).length, "Routing table");
  return addTable(world, { ...given, default_table: false });
}

function remove(world: World, table: RoutingTable): void {
  if (table.default_table)
    throw conflict("RoutingTableInUse", `table ${table.id} is the default of its VPC and goes with it`);
  if (table.gateway_id !== null)
    throw conflict("RoutingTableInUse", `internet gateway ${table.gateway_id} is attached to table ${table.id}`);
  if (subnetsOn(world, table).length > 0) throw conflict("RoutingTableInUse", `subnets are on table ${table.id}`);
  removeTable(world, table.id);
}

function makeDefault(world: World, table: RoutingTable): void {
  // Subnets that nobody has put anywhere stay where they are, now by name.
  const before = defaultTable(world, table.vpc_id);
  for (const subnet of vpcSubnetsOf(world, table.vpc_id))
    if (subnet.table === table.id) world.change(VPC_SUBNETS, subnet.id, { table: null });
    else if (subnet.table === null) world.change(VPC_SUBNETS, subnet.id, { table: before.id });
  world.change(ROUTING_TABLES, before.id, { default_table: false });
  world.change(ROUTING_TABLES, table.id, { default_table: true });
}

function related(world: World, call: Call): Reply {
  const subnets = subnetsOn(world, world.get(ROUTING_TABLES, param(call))).map(({ id }) => id);
  const gateways = world.all(NAT_GATEWAYS).filter(({ subnet_id }) => subnets.includes(subnet_id));
  return { body: { gateways: gateways.map(({ id, name }) => ({ id, name, type: "goblin:natgateway" })) } };
}
