import { formatAddress, parseAddress, parseBlock, parseMasked } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anyJson, flag, integer, list, nonEmptyText, nullable, object, oneOf, read, shortText } from "../../api/fields";
import type { Store } from "../../store";
import { type Subnet, SUBNETS } from "../models";
import { defaultPool, rejectInvalidPools } from "../queries/allocation-pools";
import { ownNetwork } from "../queries/lookup";
import { rejectBeyondQuota } from "../queries/quotas";
import { addSubnet, rejectOverlap, removeSubnet } from "../queries/subnets";

/** Filters of a list of subnets. */
export const SUBNET_FILTERS = [
  "id",
  "name",
  "network_id",
  "cidr",
  "gateway_ip",
  "ip_version",
  "enable_dhcp",
  "shared",
  "tenant_id",
  "project_id",
  "tags",
];

const POOLS = list(object({ start: nonEmptyText, end: nonEmptyText }, {}));

const CHANGEABLE = {
  name: shortText,
  description: shortText,
  enable_dhcp: flag,
  gateway_ip: nullable(nonEmptyText),
  dns_nameservers: list(nonEmptyText),
  host_routes: list(object({ destination: nonEmptyText, nexthop: nonEmptyText }, {})),
  allocation_pools: POOLS,
};

/** Subnets of a standard OpenStack. */
export function subnets(store: Store): readonly Route[] {
  return collection(store, {
    kind: SUBNETS,
    path: "/v2.0/subnets",
    singular: "subnet",
    plural: "subnets",
    filters: SUBNET_FILTERS,
    create: (call) => {
      const given = read(call, {
        wrapper: "subnet",
        required: { network_id: nonEmptyText, cidr: nonEmptyText, ip_version: integer },
        optional: {
          ...CHANGEABLE,
          tenant_id: nonEmptyText,
          project_id: nonEmptyText,
          subnetpool_id: anyJson,
          ipv6_ra_mode: oneOf("slaac"),
          ipv6_address_mode: oneOf("slaac"),
        },
      });
      ownNetwork(store, given.network_id);
      rejectBeyondQuota(store, SUBNETS);
      return addSubnet(store, { ...given, ...planned(store, given) });
    },
    update: (call, { id, cidr, ...subnet }) => {
      const given = read(call, { wrapper: "subnet", optional: CHANGEABLE });
      const { gateway_ip, allocation_pools } = { ...subnet, ...given };
      rejectInvalidPools(parseBlock(cidr), allocation_pools, gateway_ip);
      return store.change(SUBNETS, id, given);
    },
    remove: ({ id }) => removeSubnet(store, id),
  });
}

type Addresses = Pick<Subnet, "cidr" | "gateway_ip" | "allocation_pools">;

/** Block, gateway and pools of a new subnet. A gateway may be outside of the block. */
function planned(
  store: Store,
  given: Pick<Subnet, "network_id" | "cidr"> & Partial<Addresses> & { readonly ip_version: number },
): Addresses {
  if (given.ip_version !== 4)
    throw badRequest(
      `Invalid input for operation: cidr '${given.cidr}' does not match the ip_version '${given.ip_version}'.`,
      "InvalidInput",
    );
  const block = parseMasked(given.cidr, "InvalidInput");
  if (block.prefix > 30)
    throw badRequest("Subnet has a prefix length that is incompatible with DHCP service enabled.", "InvalidInput");
  const cidr = `${formatAddress(block.first)}/${block.prefix}`;
  rejectOverlap(store, given.network_id, cidr);
  const gateway_ip = given.gateway_ip === undefined ? formatAddress(block.first + 1) : given.gateway_ip;
  const pools = given.allocation_pools ?? [
    defaultPool(block, gateway_ip === null ? undefined : parseAddress(gateway_ip)),
  ];
  rejectInvalidPools(block, pools, gateway_ip);
  return { cidr, gateway_ip, allocation_pools: pools };
}
