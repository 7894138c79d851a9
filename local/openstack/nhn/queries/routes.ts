import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { contains, parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import { portsOf } from "../../network/queries/lookup";
import type { Store } from "../../store";
import { NAT_GATEWAYS, ROUTES, type VpcRoute, VPCS } from "../models";

/** The block of all IPv4 addresses. */
export const ALL_ADDRESSES = "0.0.0.0/0";

const LOCAL_GATEWAY = "local";

const DESCRIPTION_BYTES = 256;

/** Adds the local route of a new table, for the addresses of the VPC. */
export function addLocalRoute(store: Store, routingtable_id: string, cidr: string): void {
  addRoute(store, { routingtable_id, cidr, gateway: LOCAL_GATEWAY, description: "", gateway_id: null }, true);
}

/** Adds the route that the attachment of an internet gateway creates. */
export function addInternetRoute(store: Store, routingtable_id: string, gateway_id: string): void {
  addRoute(store, { routingtable_id, cidr: ALL_ADDRESSES, gateway: "", description: "", gateway_id }, true);
}

type NewRoute = Pick<VpcRoute, "routingtable_id" | "cidr" | "gateway" | "description" | "gateway_id">;

/** Adds a route. */
export function addRoute(store: Store, given: NewRoute, provided = false): VpcRoute {
  const { prefix: mask } = parseBlock(given.cidr);
  const route = { ...OWNER, ...given, id: store.newId(), mask };
  return store.add(ROUTES, route, { provided });
}

/** The representation of a route: `gateway_id` is absent when there is none. */
export function routeView({ gateway_id, ...route }: VpcRoute): JsonObject {
  return gateway_id === null ? route : { ...route, gateway_id };
}

/** Whether a client created the route. */
export function isClientRoute({ gateway, gateway_id }: VpcRoute): boolean {
  return gateway !== LOCAL_GATEWAY && gateway_id === null;
}

/** Rejects a change of a route that the cloud created. */
export function rejectProvided(route: VpcRoute): void {
  if (!isClientRoute(route))
    throw conflict("RouteInUse", `route ${route.id} came with its table and can be neither changed nor deleted`);
}

/** Rejects a gateway to which no traffic can be sent. The documentation only requires an address in the VPC; an unused one is useless. */
export function rejectInvalidRoute(
  store: Store,
  vpcId: string,
  { cidr, gateway, description }: Pick<VpcRoute, "cidr" | "gateway" | "description">,
): void {
  parseBlock(cidr);
  if (Buffer.byteLength(description) > DESCRIPTION_BYTES)
    throw badRequest(`the description is longer than ${DESCRIPTION_BYTES} bytes`);
  const address = parseAddress(gateway);
  if (address === undefined || !contains(parseBlock(store.get(VPCS, vpcId).cidrv4), address))
    throw badRequest(`gateway ${gateway} is no address of the VPC`);
  const port = portsOf(store, { network_id: vpcId }).find(({ fixed_ips }) =>
    fixed_ips.some(({ ip_address }) => ip_address === gateway),
  );
  if (port === undefined) throw badRequest(`nothing has address ${gateway}`);
  const nat = store.all(NAT_GATEWAYS).find(({ port_id }) => port_id === port.id);
  if (nat !== undefined && nat.status !== "ACTIVE")
    throw conflict("NatGatewayNotReady", `NAT gateway ${nat.id} is ${nat.status}`);
}
