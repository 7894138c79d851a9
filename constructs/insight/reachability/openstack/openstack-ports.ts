import type { Unknown } from "../model/certainty";
import { isUnknown } from "../model/certainty";
import type { Interface, Machine, Subnet } from "../model/place";
import type { SecurityGroup } from "../model/security-group";
import { blockOf } from "../reader/addresses";
import type { Block } from "../reader/block";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { OpenstackGroups } from "./openstack-groups";

/** What ports stand on: subnets of OpenStack, or of NHN Cloud's own API. */
export interface OpenstackGround {
  readonly elements: Elements;
  readonly groups: OpenstackGroups;
  readonly subnets: ReadonlyMap<Element, Subnet>;
  /** The network that a subnet lies on, as ports and machines name it. */
  networkOf(subnet: Element): Element | undefined;
}

/** Reads ports, machines and load balancers. */
export class OpenstackPorts {
  constructor(private readonly ground: OpenstackGround) {}

  /** A machine, with all its ports in their order. */
  machine(element: Element): Machine {
    const { elements } = this.ground;
    const attached = elements.referringTo(element, "instance_id", "openstack_compute_interface_attach_v2");
    const interfaces = [
      ...element.arguments.blocks("network").flatMap((block) => this.network(element, block)),
      ...attached.flatMap((one) => this.network(one, one.arguments)),
    ];
    return { kind: "machine", path: element.path, several: false, interfaces };
  }

  /** A port that stands alone, as a machine with nothing else. */
  alone(port: Element): Machine {
    return { kind: "machine", path: port.path, several: false, interfaces: this.port(port) };
  }

  /** The address of a load balancer. */
  loadBalancer(element: Element): Machine {
    const { arguments: block } = element;
    const named = block.list("security_group_ids");
    const { groups: all } = this.ground;
    const groups = named.length > 0 ? all.all(element, named) : [all.ofListeners(element)];
    const one = this.interface(element, block.text("vip_subnet_id"), block.text("vip_address"), groups);
    return { kind: "machine", path: element.path, several: false, interfaces: [one] };
  }

  /** The interfaces of a port: one for each of its addresses. */
  port(element: Element): readonly Interface[] {
    const { arguments: block } = element;
    const given = block.blocks("fixed_ip");
    const only = this.onlySubnet(element, block.text("network_id"));
    const addresses = given.length > 0 ? given : [undefined];
    return addresses.map((one) =>
      this.interface(element, one?.text("subnet_id"), one?.text("ip_address"), this.groupsOf(element), only),
    );
  }

  private groupsOf(port: Element): readonly SecurityGroup[] | undefined {
    const { arguments: block } = port;
    if (block.flag("port_security_enabled") === false) return undefined;
    if (block.flag("no_security_groups") === true) return [];
    return this.ground.groups.all(port, block.list("security_group_ids"));
  }

  /** One interface of a machine: a port of the tree, or one that is made with the machine. */
  private network(element: Element, block: Block): readonly Interface[] {
    const { elements, groups } = this.ground;
    const text = block.text("port") ?? block.text("port_id");
    const port = elements.behind(element, text);
    if (port?.type === "openstack_networking_port_v2") return this.port(port);
    if (text !== undefined) return [this.interface(element, undefined, undefined, [groups.named(element, text)])];
    const only = this.onlySubnet(element, block.text("uuid") ?? block.text("network_id"));
    const named = groups.all(element, element.arguments.list("security_groups"));
    return [this.interface(element, undefined, block.text("fixed_ip_v4"), named, only)];
  }

  private interface(
    element: Element,
    subnetText: string | undefined,
    address: string | undefined,
    groups: readonly SecurityGroup[] | undefined,
    only?: Subnet,
  ): Interface {
    const { elements, subnets } = this.ground;
    const named = elements.behind(element, subnetText);
    const nowhere = { unknown: `the subnet of ${element.path} is no part of this tree, so neither are its routes` };
    const subnet: Subnet | Unknown = (named && subnets.get(named)) ?? only ?? nowhere;
    const whole = isUnknown(subnet) ? subnet : subnet.cidr;
    return {
      ...{ kind: "interface", path: element.path, subnet, groups, forwards: forwards(element) },
      addresses: address === undefined ? whole : blockOf(elements, element, address),
      isPublic: this.hasFloatingIp(element) ? "yes" : "no",
    };
  }

  private hasFloatingIp(element: Element): boolean {
    const types = ["openstack_networking_floatingip_associate_v2", "openstack_networking_floatingip_v2"];
    return this.ground.elements.referringTo(element, "port_id", ...types).length > 0;
  }

  /** The subnet of a network that has one only. */
  private onlySubnet(element: Element, text: string | undefined): Subnet | undefined {
    const network = this.ground.elements.behind(element, text);
    const inside = [...this.ground.subnets].filter(
      ([subnet]) => network !== undefined && this.ground.networkOf(subnet) === network,
    );
    return inside.length === 1 ? inside[0]?.[1] : undefined;
  }
}

/** A port sends on what is not its own where any address is allowed to it, or it is not protected at all. */
function forwards({ arguments: block }: Element): boolean {
  const allowed = block.blocks("allowed_address_pairs").map((pair) => pair.text("ip_address"));
  return block.flag("port_security_enabled") === false || allowed.includes("0.0.0.0/0");
}
