import { dotted, holds, parseAddress, parseBlock } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anything, flag, list, object, oneOf, orNull, read, text, whole, word } from "../../api/fields";
import type { World } from "../../store";
import { SUBNETS } from "../models";
import { ownNetwork } from "../queries/lookup";
import { refuseBeyond } from "../queries/quotas";
import { addSubnet, refuseOverlap, removeSubnet } from "../queries/subnets";

/** What a list of subnets can be narrowed by. */
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

const POOLS = list(object({ start: word, end: word }, {}));

const CHANGEABLE = {
  name: text,
  description: text,
  enable_dhcp: flag,
  gateway_ip: orNull(word),
  dns_nameservers: list(word),
  host_routes: list(object({ destination: word, nexthop: word }, {})),
  allocation_pools: POOLS,
};

/** Subnets of a standard OpenStack. */
export function subnets(world: World): readonly Route[] {
  return collection(world, {
    kind: SUBNETS,
    path: "/v2.0/subnets",
    one: "subnet",
    many: "subnets",
    filters: SUBNET_FILTERS,
    create: (call) => {
      const given = read(call, {
        wrapper: "subnet",
        required: { network_id: word, cidr: word },
        optional: {
          ...CHANGEABLE,
          ip_version: whole,
          tenant_id: word,
          project_id: word,
          subnetpool_id: anything,
          ipv6_ra_mode: oneOf("slaac"),
          ipv6_address_mode: oneOf("slaac"),
        },
      });
      if ((given.ip_version ?? 4) !== 4) throw badRequest("the emulator knows IPv4 only");
      ownNetwork(world, given.network_id);
      const block = parseBlock(given.cidr);
      refuseOverlap(world, given.network_id, given.cidr);
      refuseBeyond(world, SUBNETS);
      const gateway_ip = given.gateway_ip === undefined ? dotted(block.first + 1) : given.gateway_ip;
      const address = gateway_ip === null ? undefined : parseAddress(gateway_ip);
      if (gateway_ip !== null && (address === undefined || !holds(block, address)))
        throw badRequest(`gateway ${gateway_ip} is not in ${given.cidr}`, "GatewayIpInvalid");
      const allocation_pools = given.allocation_pools ?? [
        // All but the network's own address, the gateway where it stands first, and the broadcast address.
        { start: dotted(block.first + (address === block.first + 1 ? 2 : 1)), end: dotted(block.last - 1) },
      ];
      return addSubnet(world, { ...given, gateway_ip, allocation_pools });
    },
    update: (call, { id }) => world.change(SUBNETS, id, read(call, { wrapper: "subnet", optional: CHANGEABLE })),
    remove: ({ id }) => removeSubnet(world, id),
  });
}
