import { isUnknown, type Unknown } from "../model/certainty";
import type { Interface, Machine, Subnet } from "../model/network/endpoint";
import type { SecurityGroup } from "../model/network/security-group";
import { blockOf } from "../reader/addresses";
import type { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { OpenstackGroups } from "./openstack-groups";

/** The parts of the model that ports refer to: subnets are of OpenStack or of NHN Cloud's own API. */
export interface OpenstackContext {
  readonly elements: Elements;
  readonly groups: OpenstackGroups;
  readonly subnets: ReadonlyMap<Element, Subnet>;
  /** The network of a subnet, to which ports and machines refer. */
  networkOf(subnet: Element): Element | undefined;
}

/** Reads ports, machines and load balancers. */
export class OpenstackPorts {
  constructor(private readonly context: OpenstackContext) {}

  /** A machine with all its ports, in order. */
  machine(element: Element): Machine {
    const { elements } = this.context;
    const attached = elements.referringTo(element, "instance_id", "openstack_compute_interface_attach_v2");
    const interfaces = [
      ...element.arguments.blocks("network").flatMap((block) => this.network(element, block)),
      ...attached.flatMap((one) => this.network(one, one.arguments)),
    ];
    return { kind: "machine", path: element.path, replicated: false, interfaces };
  }

  /** A port as a machine with one interface. */
  standalone(port: Element): Machine {
    return { kind: "machine", path: port.path, replicated: false, interfaces: this.port(port) };
  }

  /** The address of a load balancer. */
  loadBalancer(element: Element): Machine {
    const { arguments: block } = element;
    const groupIds = block.list("security_group_ids");
    const { groups: allGroups } = this.context;
    const groups = groupIds.length > 0 ? allGroups.all(element, groupIds) : [allGroups.ofListeners(element)];
    const vip = this.interface(element, block.text("vip_subnet_id"), block.text("vip_address"), groups);
    return { kind: "machine", path: element.path, replicated: false, interfaces: [vip] };
  }

  /** The interfaces of a port, one per fixed address. */
  port(element: Element): readonly Interface[] {
    const { arguments: block } = element;
    const fixedIps = block.blocks("fixed_ip");
    const only = this.onlySubnet(element, block.text("network_id"));
    const addresses = fixedIps.length > 0 ? fixedIps : [undefined];
    return addresses.map((one) =>
      this.interface(element, one?.text("subnet_id"), one?.text("ip_address"), this.groupsOf(element), only),
    );
  }

  private groupsOf(port: Element): readonly SecurityGroup[] | undefined {
    const { arguments: block } = port;
    if (block.flag("port_security_enabled") === false) return undefined;
    if (block.flag("no_security_groups") === true) return [];
    return this.context.groups.all(port, block.list("security_group_ids"));
  }

  /** An interface of a machine: a port of the tree, or a port that is created with the machine. */
  private network(element: Element, block: Block): readonly Interface[] {
    const { elements, groups } = this.context;
    const text = block.text("port") ?? block.text("port_id");
    const port = elements.resolve(element, text);
    if (port?.type === "openstack_networking_port_v2") return this.port(port);
    if (text !== undefined) return [this.interface(element, undefined, undefined, [groups.resolve(element, text)])];
    const only = this.onlySubnet(element, block.text("uuid") ?? block.text("network_id"));
    const attached = groups.all(element, element.arguments.list("security_groups"));
    return [this.interface(element, undefined, block.text("fixed_ip_v4"), attached, only)];
  }

  private interface(
    element: Element,
    subnetText: string | undefined,
    address: string | undefined,
    groups: readonly SecurityGroup[] | undefined,
    only?: Subnet,
  ): Interface {
    const { elements, subnets } = this.context;
    const resource = elements.resolve(element, subnetText);
    const external = { unknown: `the subnet of ${element.path} and its routes are outside of this tree` };
    const subnet: Subnet | Unknown = (resource && subnets.get(resource)) ?? only ?? external;
    const whole = isUnknown(subnet) ? subnet : subnet.cidr;
    return {
      kind: "interface",
      path: element.path,
      subnet,
      groups,
      forwards: forwards(element),
      addresses: address === undefined ? whole : blockOf(elements, element, address),
      isPublic: this.hasFloatingIp(element) ? "yes" : "no",
    };
  }

  private hasFloatingIp(element: Element): boolean {
    const types = ["openstack_networking_floatingip_associate_v2", "openstack_networking_floatingip_v2"];
    return this.context.elements.referringTo(element, "port_id", ...types).length > 0;
  }

  /** The subnet of a network with exactly one subnet. */
  private onlySubnet(element: Element, text: string | undefined): Subnet | undefined {
    const network = this.context.elements.resolve(element, text);
    const inside = [...this.context.subnets].filter(
      ([subnet]) => network !== undefined && this.context.networkOf(subnet) === network,
    );
    return inside.length === 1 ? inside[0]?.[1] : undefined;
  }
}

/** A port forwards packets where all addresses are allowed address pairs, or port security is disabled. */
function forwards({ arguments: block }: Element): boolean {
  const allowed = block.blocks("allowed_address_pairs").map((pair) => pair.text("ip_address"));
  return block.flag("port_security_enabled") === false || allowed.includes("0.0.0.0/0");
}
