import { contains, parseAddress, parseBlock } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { Store } from "../../store";
import { type ExternalGateway, type ExtraRoute, NETWORKS, type Router, ROUTERS, SUBNETS } from "../models";
import { freePublicAddress } from "./external";
import { portsOf, subnetsOf } from "./lookup";

/** An external gateway in a request. */
interface RequestedGateway {
  readonly network_id: string;
  readonly enable_snat?: boolean;
}

/** The external gateway of a router. It keeps its address while its network stays the same. */
export function externalGateway(
  store: Store,
  requested: RequestedGateway | null,
  before: ExternalGateway | null = null,
): ExternalGateway | null {
  if (requested === null) return null;
  const network = store.get(NETWORKS, requested.network_id);
  if (!network["router:external"]) throw badRequest(`Network ${network.id} is not an external network`, "BadRequest");
  const enable_snat = requested.enable_snat ?? true;
  if (before?.network_id === network.id) return { ...before, enable_snat };
  return {
    network_id: network.id,
    enable_snat,
    external_fixed_ips: [
      { subnet_id: subnetsOf(store, network.id)[0]?.id ?? "", ip_address: freePublicAddress(store) },
    ],
  };
}

/** The id of the router that connects a subnet to the internet; `undefined` when there is none. */
export function gatewayOf(store: Store, subnetId: string): string | undefined {
  return portsOf(store, { subnet_id: subnetId })
    .filter(({ device_owner }) => device_owner === "network:router_interface")
    .map(({ device_id }) => store.find(ROUTERS, device_id))
    .find((router) => router !== undefined && router.external_gateway_info !== null)?.id;
}

/** Rejects a static route whose next hop is in none of the router's subnets. */
export function rejectUnreachable(store: Store, router: Router, { destination, nexthop }: ExtraRoute): void {
  parseBlock(destination);
  const address = parseAddress(nexthop);
  const isReachable = portsOf(store, { device_id: router.id })
    .flatMap(({ fixed_ips }) => fixed_ips.map(({ subnet_id }) => parseBlock(store.get(SUBNETS, subnet_id).cidr)))
    .some((block) => address !== undefined && contains(block, address));
  if (!isReachable)
    throw badRequest(
      `Invalid format for routes: the nexthop is not connected with router: ${nexthop}`,
      "InvalidRoutes",
    );
  const isOwn = portsOf(store, { device_id: router.id }).some(({ fixed_ips }) =>
    fixed_ips.some(({ ip_address }) => ip_address === nexthop),
  );
  if (isOwn) throw badRequest(`Invalid format for routes: the nexthop ${nexthop} is used by router`, "InvalidRoutes");
}
