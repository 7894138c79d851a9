import { holds, parseAddress, parseBlock } from "../../addresses";
import { badRequest } from "../../api/api-error";
import type { World } from "../../store";
import { type ExternalGateway, type ExtraRoute, NETWORKS, type Router, ROUTERS, SUBNETS } from "../models";
import { freePublicAddress } from "./external";
import { portsOf, subnetsOf } from "./lookup";

interface WantedGateway {
  readonly network_id: string;
  readonly enable_snat?: boolean;
}

export function opened(
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

export function refuseUnreachable(world: World, router: Router, { destination, nexthop }: ExtraRoute): void {
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
