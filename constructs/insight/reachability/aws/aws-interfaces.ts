import { defined } from "../../../core/defined";
import { type Certainty, isUnknown, type Unknown } from "../model/certainty";
import type { Interface, Machine, Service, Subnet } from "../model/network/endpoint";
import type { SecurityGroup } from "../model/network/security-group";
import { blockOf } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { AwsAttachedGroups } from "./aws-attached-groups";

/** The parts of the model that interfaces refer to. */
export interface AwsContext {
  readonly elements: Elements;
  readonly attachedGroups: AwsAttachedGroups;
  readonly subnets: ReadonlyMap<Element, Subnet>;
}

/** Reads resources with addresses: instances, network interfaces, load balancers, endpoints, nodes. */
export class AwsInterfaces {
  constructor(private readonly context: AwsContext) {}

  /** The primary interface of an instance, or an interface with a resource of its own. */
  of(element: Element): Interface {
    const { elements } = this.context;
    const { arguments: block } = element;
    const text = block.text("subnet_id");
    const address = block.text("private_ip") ?? block.list("private_ips")[0];
    const groupIds = [...block.list("vpc_security_group_ids"), ...block.list("security_groups")];
    const groups = groupIds.length > 0 ? undefined : this.context.attachedGroups.byTemplate(element);
    return {
      ...this.at(element, text, groupIds, this.isPublic(element)),
      ...defined({ groups, addresses: address === undefined ? undefined : blockOf(elements, element, address) }),
      forwards: block.flag("source_dest_check") === false,
    };
  }

  /** An instance with its attached interfaces. */
  machine(element: Element): Machine {
    const { elements } = this.context;
    const blocks = element.arguments.blocks("network_interface");
    const attached = [
      ...blocks.map((block) => elements.resolve(element, block.text("network_interface_id"))),
      ...elements
        .referringTo(element, "instance_id", "aws_network_interface_attachment")
        .map((one) => elements.resolve(one, one.arguments.text("network_interface_id"))),
    ].flatMap((one) => one ?? []);
    const primary = blocks.length > 0 ? [] : [this.of(element)];
    return {
      kind: "machine",
      path: element.path,
      replicated: false,
      interfaces: [...primary, ...attached.map((one) => this.of(one))],
    };
  }

  /** An interface with a resource of its own, as a machine with one interface. */
  standalone(element: Element): Machine {
    return { kind: "machine", path: element.path, replicated: false, interfaces: [this.of(element)] };
  }

  /** A resource with one interface in each of several subnets. */
  inSubnets(
    element: Element,
    subnets: readonly string[],
    groups: readonly SecurityGroup[] | undefined,
    isPublic?: Certainty,
  ): readonly Machine[] {
    return subnets.map((text) => {
      const subnet = this.subnetOf(element, text);
      const networkInterface: Interface = {
        kind: "interface",
        path: isUnknown(subnet) ? element.path : `${element.path} in ${subnet.path}`,
        subnet,
        groups,
        forwards: false,
        addresses: isUnknown(subnet) ? subnet : subnet.cidr,
        isPublic: isPublic ?? this.mapsPublicAddresses(element, text),
      };
      return { kind: "machine", path: element.path, replicated: true, interfaces: [networkInterface] };
    });
  }

  /** An endpoint: an interface endpoint in subnets, or a gateway endpoint of routing tables. */
  endpoint(element: Element): readonly (Machine | Service)[] {
    const { arguments: block } = element;
    if ((block.text("vpc_endpoint_type") ?? "Gateway") === "Gateway")
      return [{ kind: "service", path: element.path, key: element.key, list: element.key }];
    return this.inSubnets(
      element,
      block.list("subnet_ids"),
      this.context.attachedGroups.byIds(element, block.list("security_group_ids")),
      "no",
    );
  }

  private at(element: Element, text: string | undefined, groups: readonly string[], isPublic: Certainty): Interface {
    const { elements } = this.context;
    const subnet = this.subnetOf(element, text);
    const resource = elements.resolve(element, text);
    const network = resource && elements.resolve(resource, resource.arguments.text("vpc_id"));
    return {
      kind: "interface",
      path: element.path,
      subnet,
      forwards: false,
      isPublic,
      addresses: isUnknown(subnet) ? subnet : subnet.cidr,
      groups: this.context.attachedGroups.byIds(element, groups, network),
    };
  }

  private subnetOf(element: Element, text: string | undefined): Subnet | Unknown {
    const subnet = this.context.elements.resolve(element, text);
    const known = subnet && this.context.subnets.get(subnet);
    return (
      known ?? { unknown: `the subnet of ${element.path}, its routes and its network ACL are outside of this tree` }
    );
  }

  /** Whether it has an Elastic IP, or a public address is assigned automatically. */
  private isPublic(element: Element): Certainty {
    const { elements } = this.context;
    const isElastic = ["instance_id", "instance", "network_interface_id", "network_interface"].some(
      (argument) => elements.referringTo(element, argument, "aws_eip", "aws_eip_association").length > 0,
    );
    if (isElastic) return "yes";
    const requested = element.arguments.flag("associate_public_ip_address");
    if (requested !== undefined) return requested ? "yes" : "no";
    if (element.type === "aws_network_interface") return "no";
    return this.mapsPublicAddresses(element, element.arguments.text("subnet_id"));
  }

  /** Whether a subnet assigns public addresses automatically. */
  private mapsPublicAddresses(element: Element, text: string | undefined): Certainty {
    const subnet = this.context.elements.resolve(element, text);
    if (subnet === undefined || this.context.subnets.get(subnet) === undefined) return "maybe";
    return subnet.arguments.flag("map_public_ip_on_launch") === true ? "yes" : "no";
  }
}
