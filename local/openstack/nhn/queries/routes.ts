import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { holds, parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import { portsOf } from "../../network/queries/lookup";
import type { World } from "../../store";
import { NAT_GATEWAYS, ROUTES, type VpcRoute, VPCS } from "../models";

/** The block of all addresses. */
export const EVERYWHERE = "0.0.0.0/0";

const LOCAL = "local";

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

export function add(world: World, given: NewRoute, provided = false): VpcRoute {
  const { prefix: mask } = parseBlock(given.cidr);
  const route = { ...OWNER, ...given, id: world.newId(), mask };
  return world.add(ROUTES, route, { provided });
}

/** A route as it is shown: a gateway's id only where it has one. */
export function routeView({ gateway_id, ...route }: VpcRoute): JsonObject {
  return gateway_id === null ? route : { ...route, gateway_id };
}

export function isOwn({ gateway, gateway_id }: VpcRoute): boolean {
  return gateway !== LOCAL && gateway_id === null;
}

export function refuseProvided(route: VpcRoute): void {
  if (!isOwn(route))
    throw conflict("RouteInUse", `route ${route.id} came with its table and can be neither changed nor deleted`);
}

/** Refuses what leads nowhere. The documentation says only that a gateway is an address in the VPC; a free one leads nowhere. */
export function refuseUnfit(
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
