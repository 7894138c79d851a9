import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import { holds, parseAddress, parseBlock } from "../addresses";
import type { Route } from "../call";
import { collection } from "../collection";
import { read, text, word } from "../fields";
import { badRequest, conflict } from "../refusal";
import { portsOf } from "../network/ports";
import { refuseMoreThan } from "../network/quotas";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { NAT_GATEWAYS } from "./nat-gateways";
import { ROUTING_TABLES } from "./routing-tables";
import { VPCS } from "./vpcs";

/** One line of a routing table. */
export interface VpcRoute extends Row {
  readonly cidr: string;
  readonly mask: number;
  readonly gateway: string;
  readonly routingtable_id: string;
  readonly description: string;
  /** The internet gateway that brought it. */
  readonly gateway_id: string | null;
}

export const ROUTES = new Kind<VpcRoute>("Route");

/** The block of all addresses. */
export const EVERYWHERE = "0.0.0.0/0";

const LOCAL = "local";
const PER_TABLE = 10;
const DESCRIPTION_BYTES = 256;

/** The route that every table has: what is in the VPC is near. */
export function addLocalRoute(world: World, routingtable_id: string, cidr: string): void {
  add(world, { routingtable_id, cidr, gateway: LOCAL, description: "", gateway_id: null }, true);
}

/** The route that an internet gateway brings. */
export function addInternetRoute(world: World, routingtable_id: string, gateway_id: string): void {
  add(world, { routingtable_id, cidr: EVERYWHERE, gateway: "", description: "", gateway_id }, true);
}

type NewRoute = Pick<VpcRoute, "routingtable_id" | "cidr" | "gateway" | "description" | "gateway_id">;

function add(world: World, given: NewRoute, provided = false): VpcRoute {
  const { prefix: mask } = parseBlock(given.cidr);
  const route = { ...OWNER, ...given, id: world.newId(), mask };
  return world.add(ROUTES, route, { provided });
}

/** A route as it is shown: a gateway's id only where it has one. */
export function routeView({ gateway_id, ...route }: VpcRoute): JsonObject {
  return gateway_id === null ? route : { ...route, gateway_id };
}

/** Routes of NHN Cloud. */
export function routes(world: World): readonly Route[] {
  return collection(world, {
    kind: ROUTES,
    path: "/v2.0/routes",
    one: "route",
    many: "routes",
    filters: ["id", "cidr", "mask", "gateway", "routingtable_id", "gateway_id"],
    view: routeView,
    create: (call) => {
      const { routingtable_id, cidr, gateway, description } = read(call, {
        wrapper: "route",
        required: { routingtable_id: word, cidr: word, gateway: word, description: text },
        optional: { tenant_id: word },
      });
      const table = world.get(ROUTING_TABLES, routingtable_id);
      const others = world.all(ROUTES).filter((route) => route.routingtable_id === routingtable_id);
      if (others.some((route) => route.cidr === cidr))
        throw conflict("RouteExists", `table ${routingtable_id} has a route for ${cidr} already`);
      refuseMoreThan(PER_TABLE, others.filter(isOwn).length, "Route");
      refuseUnfit(world, table.vpc_id, { cidr, gateway, description });
      return add(world, { routingtable_id, cidr, gateway, description, gateway_id: null });
    },
    update: (call, route) => {
      refuseProvided(route);
      const given = read(call, { wrapper: "route", optional: { cidr: word, gateway: word, description: text } });
      const after = { ...route, ...given };
      refuseUnfit(world, world.get(ROUTING_TABLES, route.routingtable_id).vpc_id, after);
      return world.change(ROUTES, route.id, { ...given, mask: parseBlock(after.cidr).prefix });
    },
    remove: (route) => {
      refuseProvided(route);
      world.remove(ROUTES, route.id);
    },
  });
}

function isOwn({ gateway, gateway_id }: VpcRoute): boolean {
  return gateway !== LOCAL && gateway_id === null;
}

function refuseProvided(route: VpcRoute): void {
  if (!isOwn(route))
    throw conflict("RouteInUse", `route ${route.id} came with its table and can be neither changed nor deleted`);
}

/** Refuses what leads nowhere. The documentation says only that a gateway is an address in the VPC; a free one leads nowhere. */
function refuseUnfit(
  world: World,
  vpcId: string,
  { cidr, gateway, description }: Pick<VpcRoute, "cidr" | "gateway" | "description">,
): void {
  parseBlock(cidr);
  if (Buffer.byteLength(description) > DESCRIPTION_BYTES)
    throw badRequest(`the description is longer than ${DESCRIPTION_BYTES} bytes`);
  const address = parseAddress(gateway);
  if (address === undefined || !holds(parseBlock(world.get(VPCS, vpcId).cidrv4), address))
    throw badRequest(`gateway ${gateway} is no address of the VPC`);
  const port = portsOf(world, { network_id: vpcId }).find(({ fixed_ips }) =>
    fixed_ips.some(({ ip_address }) => ip_address === gateway),
  );
  if (port === undefined) throw badRequest(`nothing has address ${gateway}`);
  const nat = world.all(NAT_GATEWAYS).find(({ port_id }) => port_id === port.id);
  if (nat !== undefined && nat.status !== "ACTIVE")
    throw conflict("NatGatewayNotReady", `NAT gateway ${nat.id} is ${nat.status}`);
}
