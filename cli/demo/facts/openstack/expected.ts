import {
  type Block,
  referenceArgument,
  type SynthesizedStack,
  textArgument,
} from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { EGRESS, machineSummary } from "./summary";

/** The machines and subnets of a synthesized stack on OpenStack or NHN Cloud. */
export function expectedOpenStack(stack: SynthesizedStack): readonly Fact[] {
  return [
    ...standardSubnets(stack),
    ...nhnSubnets(stack),
    ...machinesOf(stack).map((server) => machineFact(stack, server)),
  ];
}

/** The machines of a stack. */
export function machinesOf(stack: SynthesizedStack): readonly Block[] {
  return [...stack.resources("openstack_compute_instance_v2").values()];
}

function machineFact(stack: SynthesizedStack, server: Block): Fact {
  const flavor = stack.data("openstack_compute_flavor_v2").get(referenceArgument(server, "flavor_id") ?? "");
  const nics = (server["network"] as readonly Block[]).map((nic) => referenceArgument(nic, "port") ?? "");
  const ports = nics.map((address) => stack.resources("openstack_networking_port_v2").get(address) ?? {});
  const addresses = ports.map((port) => {
    const [fixed = {}] = (port["fixed_ip"] as readonly Block[] | undefined) ?? [];
    return textArgument(fixed, "ip_address");
  });
  const associations = [...stack.resources("openstack_networking_floatingip_associate_v2").values()];
  const hasFloatingIp = associations.some((block) => nics.includes(referenceArgument(block, "port_id") ?? ""));
  return {
    subject: `machine ${textArgument(server, "name")}`,
    value: machineSummary(textArgument(flavor ?? {}, "name"), addresses, hasFloatingIp),
  };
}

function standardSubnets(stack: SynthesizedStack): readonly Fact[] {
  const interfaces = [...stack.resources("openstack_networking_router_interface_v2").values()];
  const routed = new Set(interfaces.map((block) => referenceArgument(block, "subnet_id")));
  return [...stack.resources("openstack_networking_subnet_v2")].map(([address, subnet]) => ({
    subject: `subnet ${textArgument(subnet, "cidr")}`,
    value: routed.has(address) ? EGRESS.router : EGRESS.none,
  }));
}

function nhnSubnets(stack: SynthesizedStack): readonly Fact[] {
  const objects = [...stack.resources("restapi_object")];
  return objects.flatMap(([address, object]) => {
    const cidr = /"vpcsubnet" = .*"cidr" = "([^"]+)"/.exec(textArgument(object, "data"))?.[1];
    return cidr === undefined ? [] : [{ subject: `subnet ${cidr}`, value: nhnEgress(objects, address) }];
  });
}

/** The egress of the subnet's routing table: an attached internet gateway, or a default route to a NAT gateway. */
function nhnEgress(objects: readonly (readonly [string, Block])[], subnet: string): string {
  const modifies = (object: Block, address: string) => textArgument(object, "object_id") === `\${${address}.id}`;
  const association = objects.find(([, object]) => modifies(object, subnet))?.[1] ?? {};
  const table = /routingtable_id" = ([\w.-]+)\.id/.exec(textArgument(association, "data"))?.[1] ?? "";
  const isAttached = objects.some(
    ([, object]) => modifies(object, table) && textArgument(object, "create_path").endsWith("/attach_gateway"),
  );
  if (isAttached) return EGRESS.gateway;
  const hasRoute = objects.some(([, object]) =>
    textArgument(object, "data").includes(`"routingtable_id" = ${table}.id, "cidr" = "0.0.0.0/0"`),
  );
  return hasRoute ? EGRESS.nat : EGRESS.none;
}
