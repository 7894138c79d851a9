import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { referenceArgument, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";

/** What a stack's machines and subnets on OpenStack or NHN Cloud are to be like, read from what was synthesized. */
export function wantedFleet(stack: SynthesizedStack): readonly Fact[] {
  return [...wantedSubnets(stack), ...machinesOf(stack).map((server) => machineFact(stack, server))];
}

/** The machines of a stack. */
export function machinesOf(stack: SynthesizedStack): readonly Block[] {
  return [...stack.resources("openstack_compute_instance_v2").values()];
}

/** A machine as one line. */
export function machineInWords(flavor: string, addresses: readonly string[], isReached: boolean): string {
  return `${flavor} at ${[...addresses].sort().join(" and ")}${isReached ? ", with a floating IP" : ""}`;
}

/** A way out as one phrase. */
export const EXITS = {
  gateway: "out by the internet gateway",
  nat: "out by the NAT gateway",
  router: "out by the router",
  none: "no way out",
} as const;

function machineFact(stack: SynthesizedStack, server: Block): Fact {
  const flavor = stack.data("openstack_compute_flavor_v2").get(referenceArgument(server, "flavor_id") ?? "");
  const nics = (server["network"] as readonly Block[]).map((nic) => referenceArgument(nic, "port") ?? "");
  const ports = nics.map((address) => stack.resources("openstack_networking_port_v2").get(address) ?? {});
  const addresses = ports.map((port) => {
    const [fixed = {}] = (port["fixed_ip"] as readonly Block[] | undefined) ?? [];
    return textArgument(fixed, "ip_address");
  });
  const reached = [...stack.resources("openstack_networking_floatingip_associate_v2").values()].some((one) =>
    nics.includes(referenceArgument(one, "port_id") ?? ""),
  );
  return {
    subject: `machine ${textArgument(server, "name")}`,
    is: machineInWords(textArgument(flavor ?? {}, "name"), addresses, reached),
  };
}

function wantedSubnets(stack: SynthesizedStack): readonly Fact[] {
  const routed = new Set(
    [...stack.resources("openstack_networking_router_interface_v2").values()].map((one) =>
      referenceArgument(one, "subnet_id"),
    ),
  );
  const standard = [...stack.resources("openstack_networking_subnet_v2")].map(([address, subnet]) => ({
    subject: `subnet ${textArgument(subnet, "cidr")}`,
    is: routed.has(address) ? EXITS.router : EXITS.none,
  }));
  const objects = [...stack.resources("restapi_object")];
  const nhn = objects.flatMap(([address, object]) => {
    const cidr = /"vpcsubnet" = .*"cidr" = "([^"]+)"/.exec(textArgument(object, "data"))?.[1];
    return cidr === undefined ? [] : [{ subject: `subnet ${cidr}`, is: nhnExit(objects, address) }];
  });
  return [...standard, ...nhn];
}

/** By the routing table that the subnet is put on: an internet gateway is attached to it, or a route of it leads to NAT. */
function nhnExit(objects: readonly (readonly [string, Block])[], subnet: string): string {
  const about = (object: Block, address: string) => textArgument(object, "object_id") === `\${${address}.id}`;
  const association = objects.find(([, object]) => about(object, subnet))?.[1] ?? {};
  const table = /routingtable_id" = ([\w.-]+)\.id/.exec(textArgument(association, "data"))?.[1] ?? "";
  const isAttached = objects.some(
    ([, object]) => about(object, table) && textArgument(object, "create_path").endsWith("/attach_gateway"),
  );
  if (isAttached) return EXITS.gateway;
  const hasRoute = objects.some(([, object]) =>
    textArgument(object, "data").includes(`"routingtable_id" = ${table}.id, "cidr" = "0.0.0.0/0"`),
  );
  return hasRoute ? EXITS.nat : EXITS.none;
}
