import { formatAddress, parseBlock } from "../../addresses";
import { conflict } from "../../api/api-error";
import type { Store } from "../../store";
import { FLOATING_IPS, type Network, ROUTERS } from "../models";
import { addNetwork } from "./networks";
import { addSubnet } from "./subnets";

/** A block that is reserved for documentation (RFC 5737). */
const CIDR = "203.0.113.0/24";

const BLOCK = parseBlock(CIDR);

/** Adds the external network, which represents the internet. */
export function addExternalNetwork(store: Store, name: string): Network {
  const network = addNetwork(store, { name, "router:external": true, port_security_enabled: false, mtu: 1500 }, true);
  const pools = [{ start: formatAddress(BLOCK.first + 10), end: formatAddress(BLOCK.last - 1) }];
  const gateway_ip = formatAddress(BLOCK.first + 1);
  addSubnet(
    store,
    { name, network_id: network.id, cidr: CIDR, gateway_ip, allocation_pools: pools, enable_dhcp: false },
    true,
  );
  return network;
}

/** An unused public address. */
export function freePublicAddress(store: Store): string {
  const taken = [
    ...store.all(FLOATING_IPS).map((floating) => floating.floating_ip_address),
    ...store
      .all(ROUTERS)
      .flatMap((router) => router.external_gateway_info?.external_fixed_ips.map((ip) => ip.ip_address) ?? []),
  ];
  for (let address = BLOCK.first + 10; address < BLOCK.last; address += 1)
    if (!taken.includes(formatAddress(address))) return formatAddress(address);
  throw conflict("ExternalIpAddressExhausted", "there is no public address left");
}
