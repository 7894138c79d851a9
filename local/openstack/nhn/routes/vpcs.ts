import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { parseBlock, within } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { read, word } from "../../api/fields";
import { NETWORKS } from "../../network/models";
import { addNetwork } from "../../network/queries/networks";
import { refuseBeyond } from "../../network/queries/quotas";
import { spacedNow } from "../../network/timestamps";
import type { World } from "../../store";
import { ACL_BINDINGS, INTERNET_GATEWAYS, type Vpc, VPCS } from "../models";
import { refuseUnfitVpc } from "../queries/private-space";
import { tableSummary } from "../queries/routing-table-view";
import { addTable, removeTable, tablesOf } from "../queries/routing-tables";
import { vpcSubnetsOf, vpcSubnetView } from "../queries/vpc-subnets";
import { ownVpc } from "../queries/vpcs";

/** VPCs of NHN Cloud. */
export function vpcs(world: World): readonly Route[] {
  return collection(world, {
    kind: VPCS,
    path: "/v2.0/vpcs",
    one: "vpc",
    many: "vpcs",
    filters: ["id", "name", "tenant_id", "router:external", "shared"],
    detail: (vpc): JsonObject => ({
      ...vpc,
      routingtables: tablesOf(world, vpc.id).map((table) => tableSummary(world, table)),
      subnets: vpcSubnetsOf(world, vpc.id).map((subnet) => vpcSubnetView(world, subnet)),
    }),
    create: (call) => create(world, call),
    update: (call, { id }) => {
      const vpc = ownVpc(world, id);
      const given = read(call, { wrapper: "vpc", optional: { name: word, cidrv4: word } });
      if (given.cidrv4 !== undefined) refuseUnfitVpc(given.cidrv4);
      const block = parseBlock(given.cidrv4 ?? vpc.cidrv4);
      const outside = vpcSubnetsOf(world, vpc.id).find(({ cidr }) => !within(parseBlock(cidr), block));
      if (outside !== undefined) throw badRequest(`subnet ${outside.cidr} would be outside of the VPC`);
      world.change(NETWORKS, vpc.id, { name: given.name ?? vpc.name });
      return world.change(VPCS, vpc.id, given);
    },
    remove: (vpc) => remove(world, vpc),
  });
}

function create(world: World, call: Call): Vpc {
  const { name, cidrv4 } = read(call, {
    wrapper: "vpc",
    required: { name: word, cidrv4: word },
    optional: { tenant_id: word, external_network_id: word },
  });
  refuseUnfitVpc(cidrv4);
  refuseBeyond(world, VPCS);
  const { id } = addNetwork(world, { name, mtu: 0 }, true);
  const vpc = world.add(VPCS, {
    ...OWNER,
    id,
    name,
    state: "available",
    create_time: spacedNow(),
    cidrv4,
    shared: false,
    "router:external": false,
  });
  addTable(world, { name: `vpc-${id.split("-")[0] ?? ""}`, vpc_id: id, default_table: true });
  return vpc;
}

function remove(world: World, { id }: Vpc): void {
  ownVpc(world, id);
  const subnets = vpcSubnetsOf(world, id);
  if (subnets.length > 0) throw conflict("VPCInUse", `VPC ${id} still has ${subnets.length} subnet(s)`);
  for (const table of tablesOf(world, id)) {
    if (table.gateway_id !== null) world.remove(INTERNET_GATEWAYS, table.gateway_id);
    removeTable(world, table.id);
  }
  for (const binding of world.all(ACL_BINDINGS)) if (binding.network_id === id) world.remove(ACL_BINDINGS, binding.id);
  world.remove(NETWORKS, id);
  world.remove(VPCS, id);
}
