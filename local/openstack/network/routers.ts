import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import { holds, parseAddress, parseBlock } from "../addresses";
import type { Call, Route } from "../call";
import { collection } from "../collection";
import { flag, list, object, orNull, read, text, word } from "../fields";
import { badRequest, conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { freePublicAddress } from "./external";
import { FLOATING_IPS } from "./floating-ips";
import { NETWORKS } from "./networks";
import { portsOf } from "./ports";
import { refuseBeyond } from "./quotas";
import { SUBNETS, subnetsOf } from "./subnets";
import { now } from "./times";

/** How a router reaches the internet. */
export interface ExternalGateway extends JsonObject {
  readonly network_id: string;
  readonly enable_snat: boolean;
  readonly external_fixed_ips: readonly { readonly subnet_id: string; readonly ip_address: string }[];
}

/** A static route. */
export interface ExtraRoute extends JsonObject {
  readonly destination: string;
  readonly nexthop: string;
}

/** What joins subnets, and leads them to the internet. */
export interface Router extends Row {
  readonly name: string;
  readonly external_gateway_info: ExternalGateway | null;
  readonly routes: readonly ExtraRoute[];
}

export const ROUTERS = new Kind<Router>("Router");

const GATEWAY = orNull(
  object(
    { network_id: word },
    { enable_snat: flag, external_fixed_ips: list(object({}, { subnet_id: word, ip_address: word })) },
  ),
);
const CHANGEABLE = {
  name: text,
  description: text,
  admin_state_up: flag,
  distributed: flag,
  external_gateway_info: GATEWAY,
};

/** Routers of a standard OpenStack. */
export function routers(world: World): readonly Route[] {
  return collection(world, {
    kind: ROUTERS,
    path: "/v2.0/routers",
    one: "router",
    many: "routers",
    filters: [
      "id",
      "name",
      "status",
      "admin_state_up",
      "distributed",
      "tenant_id",
      "project_id",
      "description",
      "tags",
    ],
    create: (call) => {
      const { external_gateway_info: gateway, ...given } = read(call, {
        wrapper: "router",
        optional: { ...CHANGEABLE, tenant_id: word, project_id: word, availability_zone_hints: list(text) },
      });
      refuseBeyond(world, ROUTERS);
      return world.add(ROUTERS, {
        ...OWNER,
        id: world.newId(),
        name: "",
        description: "",
        status: "ACTIVE",
        admin_state_up: true,
        distributed: false,
        ha: false,
        routes: [],
        availability_zone_hints: [],
        tags: [],
        created_at: now(),
        updated_at: now(),
        ...given,
        external_gateway_info: opened(world, gateway ?? null),
      });
    },
    update: (call, router) => update(world, call, router),
    remove: ({ id }) => {
      if (portsOf(world, { device_id: id }).length > 0) throw conflict("RouterInUse", `Router ${id} still has ports`);
      world.remove(ROUTERS, id);
    },
  });
}

function update(world: World, call: Call, router: Router): Router {
  const {
    external_gateway_info: gateway,
    routes,
    ...given
  } = read(call, {
    wrapper: "router",
    optional: { ...CHANGEABLE, routes: list(object({ destination: word, nexthop: word }, {})) },
  });
  if (gateway === null && world.all(FLOATING_IPS).some(({ router_id }) => router_id === router.id))
    throw conflict(
      "RouterExternalGatewayInUseByFloatingIp",
      `Gateway cannot be updated for router ${router.id}, since it is required by floating IPs.`,
    );
  for (const route of routes ?? []) refuseUnreachable(world, router, route);
  return world.change(ROUTERS, router.id, {
    ...given,
    ...(routes === undefined ? {} : { routes }),
    ...(gateway === undefined ? {} : { external_gateway_info: opened(world, gateway, router.external_gateway_info) }),
  });
}

interface WantedGateway {
  readonly network_id: string;
  readonly enable_snat?: boolean;
}

function opened(
  world: World,
  wanted: WantedGateway | null,
  before: ExternalGateway | null = null,
): ExternalGateway | null {
  if (wanted === null) return null;
  const network = world.get(NETWORKS, wanted.network_id);
  if (!network["router:external"]) throw badRequest(`Network ${network.id} is not an external network`);
  const enable_snat = wanted.enable_snat ?? true;
  if (before?.network_id === network.id) return { ...before, enable_snat };
  return {
    network_id: network.id,
    enable_snat,
    external_fixed_ips: [
      { subnet_id: subnetsOf(world, network.id)[0]?.id ?? "", ip_address: freePublicAddress(world) },
    ],
  };
}

/** The router of a subnet that leads to the internet; nothing when none does. */
export function gatewayOf(world: World, subnetId: string): string | undefined {
  return portsOf(world, { subnet_id: subnetId })
    .filter(({ device_owner }) => device_owner === "network:router_interface")
    .map(({ device_id }) => world.find(ROUTERS, device_id))
    .find((router) => router !== undefined && router.external_gateway_info !== null)?.id;
}

function refuseUnreachable(world: World, router: Router, { destination, nexthop }: ExtraRoute): void {
  parseBlock(destination);
  const address = parseAddress(nexthop);
  const near = portsOf(world, { device_id: router.id })
    .flatMap(({ fixed_ips }) => fixed_ips.map(({ subnet_id }) => parseBlock(world.get(SUBNETS, subnet_id).cidr)))
    .some((block) => address !== undefined && holds(block, address));
  if (!near)
    throw badRequest(
      `Invalid format for routes: the nexthop is not connected with router: ${nexthop}`,
      "InvalidRoutes",
    );
}
