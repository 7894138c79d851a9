import { contains, formatAddress, parseAddress, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { Store } from "../../store";
import { type FixedIp, type Subnet, SUBNETS } from "../models";
import { portsOf, subnetsOf } from "./lookup";

/** An address that a client requests: any address of a subnet, or a particular one. */
export interface RequestedAddress {
  readonly subnet_id?: string;
  readonly ip_address?: string;
}

/** Assigns the requested addresses; an address of the first subnet when the client requests none. */
export function assign(
  store: Store,
  networkId: string,
  requested: readonly RequestedAddress[] | undefined,
  /** Whether addresses outside the allocation pools are reserved for the cloud. */
  restrictedToPools: boolean,
): readonly FixedIp[] {
  const [first] = subnetsOf(store, networkId);
  const list = requested ?? (first === undefined ? [] : [{ subnet_id: first.id }]);
  return list.map((request) => {
    const subnet = subnetFor(store, networkId, request);
    const ip_address = request.ip_address ?? freeAddress(store, subnet);
    rejectInvalid(store, subnet, ip_address, restrictedToPools);
    return { subnet_id: subnet.id, ip_address };
  });
}

function subnetFor(store: Store, networkId: string, { subnet_id, ip_address }: RequestedAddress): Subnet {
  const address = parseAddress(ip_address ?? "");
  const subnet =
    subnet_id === undefined
      ? subnetsOf(store, networkId).find(({ cidr }) => address !== undefined && contains(parseBlock(cidr), address))
      : store.get(SUBNETS, subnet_id);
  if (subnet?.network_id !== networkId)
    throw badRequest(`network ${networkId} has no such subnet as ${subnet_id ?? ip_address ?? ""}`, "InvalidInput");
  return subnet;
}

function rejectInvalid(store: Store, subnet: Subnet, text: string, restrictedToPools: boolean): void {
  const address = parseAddress(text);
  const block = parseBlock(subnet.cidr);
  if (address === undefined || address <= block.first || address >= block.last)
    throw badRequest(
      `IP address ${text} is not a valid IP for subnet ${subnet.id} (${subnet.cidr})`,
      "InvalidIpForSubnet",
    );
  if (restrictedToPools && !inPools(subnet, address))
    throw badRequest(`IP address ${text} of subnet ${subnet.id} is kept by the cloud`, "InvalidIpForSubnet");
  if (takenIn(store, subnet).has(text))
    throw conflict("IpAddressAlreadyAllocated", `IP address ${text} already allocated in subnet ${subnet.id}`);
}

function inPools({ allocation_pools }: Subnet, address: number): boolean {
  return allocation_pools.some(({ start, end }) =>
    contains({ first: parseAddress(start) ?? 0, last: parseAddress(end) ?? -1 }, address),
  );
}

function takenIn(store: Store, subnet: Subnet): ReadonlySet<string> {
  return new Set(
    portsOf(store, { subnet_id: subnet.id }).flatMap(({ fixed_ips }) => fixed_ips.map(({ ip_address }) => ip_address)),
  );
}

function freeAddress(store: Store, subnet: Subnet): string {
  const taken = takenIn(store, subnet);
  for (const { start, end } of subnet.allocation_pools)
    for (let address = parseAddress(start) ?? 0; address <= (parseAddress(end) ?? -1); address += 1)
      if (!taken.has(formatAddress(address)) && formatAddress(address) !== subnet.gateway_ip)
        return formatAddress(address);
  throw conflict("IpAddressGenerationFailure", `No more IP addresses available on subnet ${subnet.id}.`);
}
