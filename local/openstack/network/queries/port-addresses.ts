import { dotted, holds, parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { World } from "../../store";
import { type FixedIp, type Subnet, SUBNETS } from "../models";
import { portsOf, subnetsOf } from "./lookup";

/** An address that a client wants: any of a subnet, or one. */
export interface WantedAddress {
  readonly subnet_id?: string;
  readonly ip_address?: string;
}

/** Finds the addresses that are wanted on a network; one of its first subnet where nothing in particular is. */
export function assign(
  world: World,
  networkId: string,
  wanted: readonly WantedAddress[] | undefined,
  /** Whether the cloud keeps everything outside of the pools to itself. */
  poolsOnly: boolean,
): readonly FixedIp[] {
  const [first] = subnetsOf(world, networkId);
  const list = wanted ?? (first === undefined ? [] : [{ subnet_id: first.id }]);
  return list.map((one) => {
    const subnet = subnetFor(world, networkId, one);
    const ip_address = one.ip_address ?? freeAddress(world, subnet);
    refuseUnfit(world, subnet, ip_address, poolsOnly);
    return { subnet_id: subnet.id, ip_address };
  });
}

function subnetFor(world: World, networkId: string, { subnet_id, ip_address }: WantedAddress): Subnet {
  const address = parseAddress(ip_address ?? "");
  const subnet =
    subnet_id === undefined
      ? subnetsOf(world, networkId).find(({ cidr }) => address !== undefined && holds(parseBlock(cidr), address))
      : world.get(SUBNETS, subnet_id);
  if (subnet?.network_id !== networkId)
    throw badRequest(`network ${networkId} has no such subnet as ${subnet_id ?? ip_address ?? ""}`, "InvalidInput");
  return subnet;
}

function refuseUnfit(world: World, subnet: Subnet, text: string, poolsOnly: boolean): void {
  const address = parseAddress(text);
  const block = parseBlock(subnet.cidr);
  if (address === undefined || address <= block.first || address >= block.last)
    throw badRequest(
      `IP address ${text} is not a valid IP for subnet ${subnet.id} (${subnet.cidr})`,
      "InvalidIpForSubnet",
    );
  if (poolsOnly && !inPools(subnet, address))
    throw badRequest(`IP address ${text} of subnet ${subnet.id} is kept by the cloud`, "InvalidIpForSubnet");
  if (takenIn(world, subnet).has(text))
    throw conflict(
      "IpAddressInUse",
      `Unable to complete operation for network ${subnet.network_id}. The IP address ${text} is in use.`,
    );
}

function inPools({ allocation_pools }: Subnet, address: number): boolean {
  return allocation_pools.some(({ start, end }) =>
    holds({ first: parseAddress(start) ?? 0, last: parseAddress(end) ?? -1 }, address),
  );
}

function takenIn(world: World, subnet: Subnet): ReadonlySet<string> {
  return new Set(
    portsOf(world, { subnet_id: subnet.id }).flatMap(({ fixed_ips }) => fixed_ips.map(({ ip_address }) => ip_address)),
  );
}

function freeAddress(world: World, subnet: Subnet): string {
  const taken = takenIn(world, subnet);
  for (const { start, end } of subnet.allocation_pools)
    for (let address = parseAddress(start) ?? 0; address <= (parseAddress(end) ?? -1); address += 1)
      if (!taken.has(dotted(address)) && dotted(address) !== subnet.gateway_ip) return dotted(address);
  throw conflict("IpAddressGenerationFailure", `No more IP addresses available on subnet ${subnet.id}.`);
}
