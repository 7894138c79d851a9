import { defined } from "@groundwork/constructs/core";
import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { formatAddress, isWithin, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { collection } from "../../api/collection";
import { nonEmptyText, read } from "../../api/fields";
import { SUBNETS } from "../../network/models";
import { hasFloatingIps } from "../../network/queries/floating-ips";
import { portsOf } from "../../network/queries/lookup";
import { rejectMoreThan } from "../../network/queries/quotas";
import { addSubnet, rejectOverlap, removeSubnet } from "../../network/queries/subnets";
import { nhnTimestamp } from "../../network/timestamps";
import type { Store } from "../../store";
import { ROUTING_TABLES, VPC_SUBNETS, VPCS, type VpcSubnet } from "../models";
import { defaultTable } from "../queries/routing-tables";
import { tableOfSubnet, vpcSubnetsOf, vpcSubnetView } from "../queries/vpc-subnets";
import { ownVpc } from "../queries/vpcs";

const PER_VPC = 10;

function detail(store: Store, subnet: VpcSubnet): JsonObject {
  const { id, name, state, shared, cidrv4 } = store.get(VPCS, subnet.vpc_id);
  const table = tableOfSubnet(store, subnet);
  const { first, last } = parseBlock(subnet.cidr);
  return {
    ...vpcSubnetView(store, subnet),
    "router:external": false,
    enable_dhcp: true,
    // The first four addresses and the last one are reserved.
    available_ip_count: last - first + 1 - 5 - portsOf(store, { subnet_id: subnet.id }).length,
    vpc: { id, name, state, shared, cidrv4 },
    routingtable: {
      id: table.id,
      name: table.name,
      default_table: table.default_table,
      explicit: subnet.table !== null,
      ...defined({ gateway_id: table.gateway_id ?? undefined }),
    },
    routes: [],
  };
}

/** Subnets of VPCs. */
export function vpcSubnets(store: Store): readonly Route[] {
  return [
    ...collection(store, {
      kind: VPC_SUBNETS,
      path: "/v2.0/vpcsubnets",
      singular: "vpcsubnet",
      plural: "vpcsubnets",
      filters: ["id", "name", "vpc_id", "cidr", "shared"],
      view: (subnet) => vpcSubnetView(store, subnet),
      detail: (subnet) => detail(store, subnet),
      create: (call) => create(store, call),
      update: (call, { id }) => {
        const { name } = read(call, { wrapper: "vpcsubnet", required: { name: nonEmptyText } });
        store.change(SUBNETS, id, { name });
        return store.change(VPC_SUBNETS, id, { name });
      },
      remove: ({ id }) => {
        removeSubnet(store, id);
        store.remove(VPC_SUBNETS, id);
      },
    }),
    {
      method: "PUT",
      path: "/v2.0/vpcsubnets/:id/attach_routingtable",
      handle: (call) => {
        const { routingtable_id } = read(call, { required: { routingtable_id: nonEmptyText } });
        return attachTable(store, call, routingtable_id);
      },
    },
    {
      method: "PUT",
      path: "/v2.0/vpcsubnets/:id/detach_routingtable",
      handle: (call) => {
        read(call, {});
        return attachTable(store, call, null);
      },
    },
  ];
}

function create(store: Store, call: Call): VpcSubnet {
  const { vpc_id, cidr, name } = read(call, {
    wrapper: "vpcsubnet",
    required: { vpc_id: nonEmptyText, cidr: nonEmptyText, name: nonEmptyText },
    optional: { tenant_id: nonEmptyText },
  });
  const vpc = ownVpc(store, vpc_id);
  const block = parseBlock(cidr);
  if (block.prefix > 28) throw badRequest(`subnet ${cidr} is smaller than /28`);
  if (!isWithin(block, parseBlock(vpc.cidrv4))) throw badRequest(`subnet ${cidr} is not in its VPC, ${vpc.cidrv4}`);
  rejectOverlap(store, vpc_id, cidr);
  rejectMoreThan(PER_VPC, vpcSubnetsOf(store, vpc_id).length, "VPC subnet");
  const gateway = formatAddress(block.first + 1);
  const pool = { start: formatAddress(block.first + 4), end: formatAddress(block.last - 1) };
  const { id } = addSubnet(
    store,
    { name, network_id: vpc_id, cidr, gateway_ip: gateway, allocation_pools: [pool] },
    true,
  );
  const row = {
    ...OWNER,
    id,
    name,
    state: "available",
    create_time: nhnTimestamp(),
    vpc_id,
    shared: false,
    cidr,
    gateway,
    table: null,
  };
  return store.add(VPC_SUBNETS, row);
}

/** Attaches a routing table to a subnet, or the default one of the VPC. */
function attachTable(store: Store, call: Call, tableId: string | null): Reply {
  const subnet = store.get(VPC_SUBNETS, param(call));
  if (tableId === null && subnet.table === null)
    throw conflict("RoutingTableNotAttached", `subnet ${subnet.id} is on the default table already`);
  const table = tableId === null ? defaultTable(store, subnet.vpc_id) : store.get(ROUTING_TABLES, tableId);
  if (table.vpc_id !== subnet.vpc_id) throw badRequest(`table ${table.id} belongs to another VPC`);
  if (table.gateway_id === null && hasFloatingIps(store, subnet.id))
    throw conflict(
      "RoutingTableInUse",
      `subnet ${subnet.id} holds floating IPs, and table ${table.id} has no internet gateway`,
    );
  return { body: { vpcsubnet: detail(store, store.change(VPC_SUBNETS, subnet.id, { table: tableId })) } };
}
