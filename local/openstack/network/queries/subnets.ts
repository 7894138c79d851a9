import { OWNER } from "../../account";
import { overlap, parseBlock } from "../../addresses";
import { badRequest, conflict } from "../../api/api-error";
import type { World } from "../../store";
import { type Subnet, SUBNETS } from "../models";
import { now } from "../timestamps";
import { portsOf, subnetsOf } from "./lookup";

/** Refuses a block that shares addresses with another subnet of the network. */
export function refuseOverlap(world: World, networkId: string, cidr: string): void {
  const other = subnetsOf(world, networkId).find((subnet) => overlap(parseBlock(subnet.cidr), parseBlock(cidr)));
  if (other !== undefined)
    throw badRequest(
      `Requested subnet with cidr: ${cidr} for network: ${networkId} overlaps with another subnet`,
      "InvalidInput",
    );
}

/** Adds a subnet. */
export function addSubnet(
  world: World,
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
    id: given.id ?? world.newId(),
  };
  return world.add(SUBNETS, subnet, { provided });
}

/** Takes a subnet away. Refuses while anything has one of its addresses. */
export function removeSubnet(world: World, id: string): void {
  if (portsOf(world, { subnet_id: id }).length > 0)
    throw conflict(
      "SubnetInUse",
      `Unable to complete operation on subnet ${id}: One or more ports have an IP allocation from this subnet.`,
    );
  world.remove(SUBNETS, id);
}
