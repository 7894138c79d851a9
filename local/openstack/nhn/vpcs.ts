import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import { parseBlock, within } from "../addresses";
import type { Call, Route } from "../call";
import { collection } from "../collection";
import { read, word } from "../fields";
import { badRequest, conflict } from "../refusal";
import { addExternalNetwork } from "../network/external";
import { addNetwork, NETWORKS, ownNetwork } from "../network/networks";
import { refuseBeyond } from "../network/quotas";
import { spacedNow } from "../network/times";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { ACL_BINDINGS } from "./acl-bindings";
import { INTERNET_GATEWAYS } from "./internet-gateways";
import { refuseUnfitVpc } from "./private-space";
import { addTable, removeTable, tablesOf } from "./routing-tables";
import { tableSummary } from "./routing-table-view";
import { vpcSubnetsOf, vpcSubnetView } from "./vpc-subnets";

/** A network of one's own. Neutron's face of it is a network with the same id. */
export interface Vpc extends Row {
  readonly name: string;
  readonly cidrv4: string;
  readonly state: "available";
}

export const VPCS = new Kind<Vpc>("VPC");

/** A VPC of the project's own. Refuses the internet. */
export function ownVpc(world: World, id: string): Vpc {
  const vpc = world.get(VPCS, id);
  ownNetwork(world, id);
  return vpc;
}

/** The internet, which is in the list of VPCs as well. */
export function addPublicNetwork(world: World): void {
  const { id, name } = addExternalNetwork(world, "Public Network");
  const row = {
    ...OWNER,
    id,
    name,
    state: "available",
    create_time: spacedNow(),
    cidrv4: "0.0.0.0/0",
    shared: true,
    "router:external": true,
  } as const;
  world.add(VPCS, row, { provided: true });
}

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
