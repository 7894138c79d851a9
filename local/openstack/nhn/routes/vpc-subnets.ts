import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { dotted, parseBlock, within } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { collection } from "../../api/collection";
import { read, word } from "../../api/fields";
import { SUBNETS } from "../../network/models";
import { hasFloatingIps } from "../../network/queries/floating-ips";
import { portsOf } from "../../network/queries/lookup";
import { refuseMoreThan } from "../../network/queries/quotas";
import { addSubnet, refuseOverlap, removeSubnet } from "../../network/queries/subnets";
import { spacedNow } from "../../network/timestamps";
import type { World } from "../../store";
import { ROUTING_TABLES, VPC_SUBNETS, VPCS, type VpcSubnet } from "../models";
import { defaultTable } from "../queries/routing-tables";
import { tableOfSubnet, vpcSubnetsOf, vpcSubnetView } from "../queries/vpc-subnets";
import { ownVpc } from "../queries/vpcs";

const PER_VPC = 10;

function detail(world: World, subnet: VpcSubnet): JsonObject {
  const { id, name, state, shared, cidrv4 } = world.get(VPCS, subnet.vpc_id);
  const table = tableOfSubnet(world, subnet);
  const { first, last } = parseBlock(subnet.cidr);
  return {
    ...vpcSubnetView(world, subnet),
    "router:external": false,
    enable_dhcp: true,
    // The first four and the last are the cloud's.
    available_ip_count: last - first + 1 - 5 - portsOf(world, { subnet_id: subnet.id }).length,
    vpc: { id, name, state, shared, cidrv4 },
    routingtable: {
      id: table.id,
      name: table.name,
      default_table: table.default_table,
      explicit: subnet.table !== null,
      ...(table.gateway_id === null ? {} : { gateway_id: table.gateway_id }),
    },
    routes: [],
  };
}

/** Subnets of NHN Cloud. */
export function vpcSubnets(world: World): readonly Route[] {
  return [
    ...collection(world, {
      kind: VPC_SUBNETS,
      path: "/v2.0/vpcsubnets",
      one: "vpcsubnet",
      many: "vpcsubnets",
      filters: ["id", "name", "vpc_id", "cidr", "shared"],
      view: (subnet) => vpcSubnetView(world, subnet),
      detail: (subnet) => detail(world, subnet),
      create: (call) => create(world, call),
      update: (call, { id }) => {
        const { name } = read(call, { wrapper: "vpcsubnet", required: { name: word } });
        world.change(SUBNETS, id, { name });
        return world.change(VPC_SUBNETS, id, { name });
      },
      remove: ({ id }) => {
        removeSubnet(world, id);
        world.remove(VPC_SUBNETS, id);
      },
    }),
    {
      method: "PUT",
      path: "/v2.0/vpcsubnets/:id/attach_routingtable",
      answer: (call) => {
        const { routingtable_id } = read(call, { required: { routingtable_id: word } });
        return move(world, call, routingtable_id);
      },
    },
    {
      method: "PUT",
      path: "/v2.0/vpcsubnets/:id/detach_routingtable",
      answer: (call) => {
        read(call, {});
        return move(world, call, null);
      },
    },
  ];
}

function create(world: World, call: Call): VpcSubnet {
  const { vpc_id, cidr, name } = read(call, {
    wrapper: "vpcsubnet",
    required: { vpc_id: word, cidr: word, name: word },
    optional: { tenant_id: word },
  });
  const vpc = ownVpc(world, vpc_id);
  const block = parseBlock(cidr);
  if (block.prefix > 28) throw badRequest(`subnet ${cidr} is smaller than /28`);
  if (!within(block, parseBlock(vpc.cidrv4))) throw badRequest(`subnet ${cidr} is not in its VPC, ${vpc.cidrv4}`);
  refuseOverlap(world, vpc_id, cidr);
  refuseMoreThan(PER_VPC, vpcSubnetsOf(world, vpc_id).length, "VPC subnet");
  const gateway = dotted(block.first + 1);
  const pool = { start: dotted(block.first + 4), end: dotted(block.last - 1) };
  const { id } = addSubnet(
    world,
    { name, network_id: vpc_id, cidr, gateway_ip: gateway, allocation_pools: [pool] },
    true,
  );
  const row = {
    ...OWNER,
    id,
    name,
    state: "available",
    create_time: spacedNow(),
    vpc_id,
    shared: false,
    cidr,
    gateway,
    table: null,
  };
  return world.add(VPC_SUBNETS, row);
}

/** Puts a subnet on a table, or back on the VPC's default one. */
function move(world: World, call: Call, tableId: string | null): Reply {
  const subnet = world.get(VPC_SUBNETS, param(call));
  if (tableId === null && subnet.table === null)
    throw conflict("RoutingTableNotAttached", `subnet ${subnet.id} is on the default table already`);
  const table = tableId === null ? defaultTable(world, subnet.vpc_id) : world.get(ROUTING_TABLES, tableId);
  if (table.vpc_id !== subnet.vpc_id) throw badRequest(`table ${table.id} belongs to another VPC`);
  if (table.gateway_id === null && hasFloatingIps(world, subnet.id))
    throw conflict(
      "RoutingTableInUse",
      `subnet ${subnet.id} holds floating IPs, and table ${table.id} has no internet gateway`,
    );
  return { body: { vpcsubnet: detail(world, world.change(VPC_SUBNETS, subnet.id, { table: tableId })) } };
}
