import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { isWithin, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { nonEmptyText, read } from "../../api/fields";
import { NETWORKS } from "../../network/models";
import { addNetwork } from "../../network/queries/networks";
import { rejectBeyondQuota } from "../../network/queries/quotas";
import { nhnTimestamp } from "../../network/timestamps";
import type { Store } from "../../store";
import { ACL_BINDINGS, INTERNET_GATEWAYS, type Vpc, VPCS } from "../models";
import { rejectInvalidVpcBlock } from "../queries/vpc-blocks";
import { tableSummary } from "../queries/routing-table-view";
import { addTable, removeTable, tablesOf } from "../queries/routing-tables";
import { vpcSubnetsOf, vpcSubnetView } from "../queries/vpc-subnets";
import { ownVpc } from "../queries/vpcs";

/** VPCs. */
export function vpcs(store: Store): readonly Route[] {
  return collection(store, {
    kind: VPCS,
    path: "/v2.0/vpcs",
    singular: "vpc",
    plural: "vpcs",
    filters: ["id", "name", "tenant_id", "router:external", "shared"],
    detail: (vpc): JsonObject => ({
      ...vpc,
      routingtables: tablesOf(store, vpc.id).map((table) => tableSummary(store, table)),
      subnets: vpcSubnetsOf(store, vpc.id).map((subnet) => vpcSubnetView(store, subnet)),
    }),
    create: (call) => create(store, call),
    update: (call, { id }) => {
      const vpc = ownVpc(store, id);
      const given = read(call, { wrapper: "vpc", optional: { name: nonEmptyText, cidrv4: nonEmptyText } });
      if (given.cidrv4 !== undefined) rejectInvalidVpcBlock(given.cidrv4);
      const block = parseBlock(given.cidrv4 ?? vpc.cidrv4);
      const outside = vpcSubnetsOf(store, vpc.id).find(({ cidr }) => !isWithin(parseBlock(cidr), block));
      if (outside !== undefined) throw badRequest(`subnet ${outside.cidr} would be outside of the VPC`);
      store.change(NETWORKS, vpc.id, { name: given.name ?? vpc.name });
      return store.change(VPCS, vpc.id, given);
    },
    remove: (vpc) => remove(store, vpc),
  });
}

function create(store: Store, call: Call): Vpc {
  const { name, cidrv4 } = read(call, {
    wrapper: "vpc",
    required: { name: nonEmptyText, cidrv4: nonEmptyText },
    optional: { tenant_id: nonEmptyText, external_network_id: nonEmptyText },
  });
  rejectInvalidVpcBlock(cidrv4);
  rejectBeyondQuota(store, VPCS);
  const { id } = addNetwork(store, { name, mtu: 0 }, true);
  const vpc = store.add(VPCS, {
    ...OWNER,
    id,
    name,
    state: "available",
    create_time: nhnTimestamp(),
    cidrv4,
    shared: false,
    "router:external": false,
  });
  addTable(store, { name: `vpc-${id.split("-")[0] ?? ""}`, vpc_id: id, default_table: true });
  return vpc;
}

function remove(store: Store, { id }: Vpc): void {
  ownVpc(store, id);
  const subnets = vpcSubnetsOf(store, id);
  if (subnets.length > 0) throw conflict("VPCInUse", `VPC ${id} still has ${subnets.length} subnet(s)`);
  for (const table of tablesOf(store, id)) {
    if (table.gateway_id !== null) store.remove(INTERNET_GATEWAYS, table.gateway_id);
    removeTable(store, table.id);
  }
  for (const binding of store.all(ACL_BINDINGS)) if (binding.network_id === id) store.remove(ACL_BINDINGS, binding.id);
  store.remove(NETWORKS, id);
  store.remove(VPCS, id);
}
