import { anyCheck, type Check, type Problem } from "../check";
import type { Plan, PlannedBlock } from "../plan";
import { blocksOf } from "@groundwork/tooling/terraform/synthesized";
import { textOf } from "./machines";
import type { OpenStackSession } from "./session";

/** A fixed address in a subnet or network that exists. */
export interface AddressNeed {
  readonly address: string;
  /** Id of the subnet; undefined if the network is known only. */
  readonly subnetId: string | undefined;
  /** Name of the subnet, for one that a data source selects. */
  readonly subnetName: string | undefined;
}

/** A floating IP that exists and is to be associated. */
export interface FloatingNeed {
  readonly address: string;
}

/** Fixed addresses in existing subnets, and existing floating IPs. */
export interface AddressNeeds {
  readonly fixed: readonly AddressNeed[];
  readonly floating: readonly FloatingNeed[];
}

interface FixedIp {
  readonly subnet_id: string;
  readonly ip_address: string;
}

/** Addresses of the project's networks that are in use, and its floating IPs. */
export interface AddressSupply {
  readonly ports: readonly { readonly fixed_ips: readonly FixedIp[]; readonly device_owner?: string }[];
  readonly subnets: readonly { readonly id: string; readonly name: string }[];
  readonly floatingIps: readonly { readonly floating_ip_address: string; readonly port_id: string | null }[];
}

/** Whether planned addresses in existing subnets are free, and whether given floating IPs exist and are free. */
export const addressCheck: Check<OpenStackSession, AddressNeeds, AddressSupply> = {
  name: "addresses",
  needs: (plan) => {
    const needs = { fixed: fixedAddresses(plan), floating: floatingAddresses(plan) };
    return needs.fixed.length + needs.floating.length === 0 ? undefined : needs;
  },
  supply: async (cloud) => {
    const list = <T>(plural: string): Promise<readonly T[]> => cloud.list<T>("network", `/${plural}`, plural);
    const [ports, subnets, floatingIps] = await Promise.all([
      list<AddressSupply["ports"][number]>("ports"),
      list<AddressSupply["subnets"][number]>("subnets"),
      list<AddressSupply["floatingIps"][number]>("floatingips"),
    ]);
    return { ports, subnets, floatingIps };
  },
  compare: ({ fixed, floating }, supply) => [
    ...fixed.flatMap((need) => usedFixed(need, supply)),
    ...floating.flatMap((need) => usedFloating(need, supply)),
  ],
};

export const addresses = anyCheck(addressCheck);

function fixedAddresses(plan: Plan): readonly AddressNeed[] {
  const ports = plan
    .created("openstack_networking_port_v2")
    .flatMap((port) => blocksOf(port.block["fixed_ip"]).map((block) => ({ ...port, block })));
  const needs = [
    ...ports.map((port) => needOf(plan, port, textOf(port.block["ip_address"]), "subnet_id")),
    ...plan
      .created("openstack_lb_loadbalancer_v2")
      .map((balancer) => needOf(plan, balancer, balancer.text("vip_address"), "vip_subnet_id")),
  ];
  return needs.filter((need) => need !== undefined);
}

/** The need for an address; undefined in a subnet that is created, whose addresses are all free. */
function needOf(
  plan: Plan,
  resource: PlannedBlock,
  address: string | undefined,
  argument: string,
): AddressNeed | undefined {
  const given = textOf(resource.block[argument]);
  if (address === undefined || address.includes("${") || given === undefined) return undefined;
  if (!given.includes("${")) return { address, subnetId: given, subnetName: undefined };
  const subnet = plan.referenced(resource, argument);
  const place = subnet === undefined ? undefined : existingSubnet(subnet);
  return place === undefined ? undefined : { address, ...place };
}

/** Id or name of a subnet that exists; undefined for one that is created. */
function existingSubnet(subnet: PlannedBlock): Omit<AddressNeed, "address"> | undefined {
  const { type, deployed } = subnet;
  if (deployed !== undefined) return { subnetId: textOf(deployed["id"]), subnetName: undefined };
  if (!subnet.isData || type !== "openstack_networking_subnet_v2") return undefined;
  return { subnetId: subnet.text("subnet_id"), subnetName: subnet.text("name") };
}

function floatingAddresses(plan: Plan): readonly FloatingNeed[] {
  return plan.created("openstack_networking_floatingip_associate_v2").flatMap(({ block }) => {
    const address = textOf(block["floating_ip"]);
    return address === undefined || address.includes("${") ? [] : [{ address }];
  });
}

function usedFixed(
  { address, subnetId, subnetName }: AddressNeed,
  { ports, subnets }: AddressSupply,
): readonly Problem[] {
  const ids = subnets.filter(({ id, name }) => id === subnetId || name === subnetName).map(({ id }) => id);
  const port = ports.find(({ fixed_ips: fixed }) =>
    fixed.some(({ ip_address: used, subnet_id: id }) => used === address && ids.includes(id)),
  );
  if (port === undefined) return [];
  const owner =
    port.device_owner === undefined || port.device_owner === "" ? "a port" : `a port of ${port.device_owner}`;
  return [
    {
      needed: `the address ${address}`,
      available: `${owner} has it`,
      fix: "choose another address, or delete the port",
    },
  ];
}

function usedFloating({ address }: FloatingNeed, { floatingIps }: AddressSupply): readonly Problem[] {
  const found = floatingIps.find(({ floating_ip_address: other }) => other === address);
  if (found !== undefined && found.port_id === null) return [];
  return [
    {
      needed: `the floating IP ${address}`,
      available: found === undefined ? "the project does not have it" : "it is associated with another port",
      fix: "choose one of openstack floating ip list --status DOWN",
    },
  ];
}
