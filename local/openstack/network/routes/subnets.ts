import { contains, formatAddress, parseAddress, parseBlock } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anyJson, flag, integer, list, nonEmptyText, nullable, object, oneOf, read, text } from "../../api/fields";
import type { Store } from "../../store";
import { SUBNETS } from "../models";
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
  name: text,
  description: text,
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
        required: { network_id: nonEmptyText, cidr: nonEmptyText },
        optional: {
          ...CHANGEABLE,
          ip_version: integer,
          tenant_id: nonEmptyText,
          project_id: nonEmptyText,
          subnetpool_id: anyJson,
          ipv6_ra_mode: oneOf("slaac"),
          ipv6_address_mode: oneOf("slaac"),
        },
      });
      if ((given.ip_version ?? 4) !== 4) throw badRequest("the emulator knows IPv4 only");
      ownNetwork(store, given.network_id);
      const block = parseBlock(given.cidr);
      rejectOverlap(store, given.network_id, given.cidr);
      rejectBeyondQuota(store, SUBNETS);
      const gateway_ip = given.gateway_ip === undefined ? formatAddress(block.first + 1) : given.gateway_ip;
      const address = gateway_ip === null ? undefined : parseAddress(gateway_ip);
      if (gateway_ip !== null && (address === undefined || !contains(block, address)))
        throw badRequest(`gateway ${gateway_ip} is not in ${given.cidr}`, "GatewayIpInvalid");
      const allocation_pools = given.allocation_pools ?? [
        // All but the network address, a gateway at the first address, and the broadcast address.
        {
          start: formatAddress(block.first + (address === block.first + 1 ? 2 : 1)),
          end: formatAddress(block.last - 1),
        },
      ];
      return addSubnet(store, { ...given, gateway_ip, allocation_pools });
    },
    update: (call, { id }) => store.change(SUBNETS, id, read(call, { wrapper: "subnet", optional: CHANGEABLE })),
    remove: ({ id }) => removeSubnet(store, id),
  });
}
