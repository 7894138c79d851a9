import { OWNER } from "../../account";
import { overlaps, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { Store } from "../../store";
import { type Subnet, SUBNETS } from "../models";
import { now } from "../timestamps";
import { portsOf, subnetsOf } from "./lookup";

/** Rejects a block that overlaps with another subnet of the network. */
export function rejectOverlap(store: Store, networkId: string, cidr: string): void {
  const other = subnetsOf(store, networkId).find((subnet) => overlaps(parseBlock(subnet.cidr), parseBlock(cidr)));
  if (other !== undefined)
    throw badRequest(
      `Requested subnet with cidr: ${cidr} for network: ${networkId} overlaps with another subnet`,
      "InvalidInput",
    );
}

/** Adds a subnet. */
export function addSubnet(
  store: Store,
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
    id: given.id ?? store.newId(),
  };
  return store.add(SUBNETS, subnet, { provided });
}

/** Deletes a subnet. Rejects this while a port uses one of its addresses. */
export function removeSubnet(store: Store, id: string): void {
  if (portsOf(store, { subnet_id: id }).length > 0)
    throw conflict(
      "SubnetInUse",
      `Unable to complete operation on subnet ${id}: One or more ports have an IP allocation from this subnet.`,
    );
  store.remove(SUBNETS, id);
}
