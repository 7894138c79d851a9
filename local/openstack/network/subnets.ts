import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import { dotted, holds, overlap, parseAddress, parseBlock } from "../addresses";
import type { Route } from "../call";
import { collection } from "../collection";
import { anything, flag, list, object, oneOf, orNull, read, text, whole, word } from "../fields";
import { badRequest, conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { ownNetwork } from "./networks";
import { portsOf } from "./ports";
import { refuseBeyond } from "./quotas";
import { now } from "./times";

/** Addresses that may be given away. */
export interface Pool extends JsonObject {
  readonly start: string;
  readonly end: string;
}

/** A block of a network's addresses. */
export interface Subnet extends Row {
  readonly name: string;
  readonly network_id: string;
  readonly cidr: string;
  readonly gateway_ip: string | null;
  readonly allocation_pools: readonly Pool[];
  readonly enable_dhcp: boolean;
}

export const SUBNETS = new Kind<Subnet>("Subnet");

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

/** The subnets on a network. */
export function subnetsOf(world: World, networkId: string): readonly Subnet[] {
  return world.all(SUBNETS).filter((subnet) => subnet.network_id === networkId);
}

/** Refuses a block that shares addresses with another subnet of the network. */
export function refuseOverlap(world: World, networkId: string, cidr: string): void {
  const other = subnetsOf(world, networkId).find((subnet) => overlap(parseBlock(subnet.cidr), parseBlock(cidr)));
  if (other !== undefined)
    throw badRequest(
      `Requested subnet with cidr: ${cidr} for network: ${networkId} overlaps with another subnet`,
      "InvalidInput",
    );
}

/** Adds a subnet. */
export function addSubnet(
  world: World,
  given: Partial<Subnet> & Pick<Subnet, "network_id" | "cidr" | "gateway_ip" | "allocation_pools">,
  provided = false,
): Subnet {
  const subnet = {
    ...OWNER,
    name: "",
    description: "",
    enable_dhcp: true,
    ip_version: 4,
    dns_nameservers: [],
    host_routes: [],
    ipv6_ra_mode: null,
    ipv6_address_mode: null,
    subnetpool_id: null,
    service_types: [],
    tags: [],
    created_at: now(),
    updated_at: now(),
    ...given,
    id: given.id ?? world.newId(),
  };
  return world.add(SUBNETS, subnet, { provided });
}

/** Takes a subnet away. Refuses while anything has one of its addresses. */
export function removeSubnet(world: World, id: string): void {
  if (portsOf(world, { subnet_id: id }).length > 0)
    throw conflict(
      "SubnetInUse",
      `Unable to complete operation on subnet ${id}: One or more ports have an IP allocation from this subnet.`,
    );
  world.remove(SUBNETS, id);
}

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
