import type { Certainty, Unknown } from "../model/certainty";
import { isUnknown } from "../model/certainty";
import type { Interface, Machine, Service, Subnet } from "../model/place";
import type { SecurityGroup } from "../model/security-group";
import { blockOf } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { AwsCarriedGroups } from "./aws-carried-groups";

/** What an interface needs to know of where it stands. */
export interface AwsGround {
  readonly elements: Elements;
  readonly carried: AwsCarriedGroups;
  readonly subnets: ReadonlyMap<Element, Subnet>;
}

/** Reads what has addresses: instances, interfaces of their own, load balancers, endpoints, nodes. */
export class AwsInterfaces {
  constructor(private readonly ground: AwsGround) {}

  /** The interface of an instance, or one that is made by itself. */
  of(element: Element): Interface {
    const { elements } = this.ground;
    const { arguments: block } = element;
    const text = block.text("subnet_id");
    const address = block.text("private_ip") ?? block.list("private_ips")[0];
    const given = [...block.list("vpc_security_group_ids"), ...block.list("security_groups")];
    const groups = given.length > 0 ? undefined : this.ground.carried.byTemplate(element);
    const own = {
      ...this.at(element, text, given, this.isPublic(element)),
      ...(groups === undefined ? {} : { groups }),
    };
    return {
      ...own,
      ...(address === undefined ? {} : { addresses: blockOf(elements, element, address) }),
      forwards: block.flag("source_dest_check") === false,
    };
  }

  /** An instance, with the interfaces that are attached to it. */
  machine(element: Element): Machine {
    const { elements } = this.ground;
    const blocks = element.arguments.blocks("network_interface");
    const named = [
      ...blocks.map((block) => elements.behind(element, block.text("network_interface_id"))),
      ...elements
        .referringTo(element, "instance_id", "aws_network_interface_attachment")
        .map((one) => elements.behind(one, one.arguments.text("network_interface_id"))),
    ].flatMap((one) => one ?? []);
    const own = blocks.length > 0 ? [] : [this.of(element)];
    return {
      kind: "machine",
      path: element.path,
      several: false,
      interfaces: [...own, ...named.map((one) => this.of(one))],
    };
  }

  /** An interface that is made by itself, as a machine with nothing else. */
  alone(element: Element): Machine {
    return { kind: "machine", path: element.path, several: false, interfaces: [this.of(element)] };
  }

  /** Something that AWS puts one interface of into each of several subnets, with groups and perhaps public addresses. */
  spread(
    element: Element,
    subnets: readonly string[],
    groups: readonly SecurityGroup[],
    isPublic?: Certainty,
  ): readonly Machine[] {
    return subnets.map((text) => {
      const place = this.place(element, text);
      const isOpen = isPublic ?? this.mapsPublic(element, text);
      const one: Interface = {
        ...{ kind: "interface", path: spreadPath(element, place), subnet: place, groups, forwards: false },
        addresses: isUnknown(place) ? place : place.cidr,
        isPublic: isOpen,
      };
      return { kind: "machine", path: element.path, several: true, interfaces: [one] };
    });
  }

  /** An endpoint: interfaces in subnets, or what routing tables lead to. */
  endpoint(element: Element): readonly (Machine | Service)[] {
    const { arguments: block } = element;
    if ((block.text("vpc_endpoint_type") ?? "Gateway") === "Gateway")
      return [{ kind: "service", path: element.path, key: element.key, list: element.key }];
    return this.spread(
      element,
      block.list("subnet_ids"),
      this.ground.carried.named(element, block.list("security_group_ids")),
      "no",
    );
  }

  private at(element: Element, text: string | undefined, groups: readonly string[], isPublic: Certainty): Interface {
    const { elements } = this.ground;
    const place = this.place(element, text);
    const subnet = elements.behind(element, text);
    const network = subnet && elements.behind(subnet, subnet.arguments.text("vpc_id"));
    return {
      ...{ kind: "interface", path: element.path, subnet: place, forwards: false, isPublic },
      addresses: isUnknown(place) ? place : place.cidr,
      groups: this.ground.carried.named(element, groups, network),
    };
  }

  private place(element: Element, text: string | undefined): Subnet | Unknown {
    const subnet = this.ground.elements.behind(element, text);
    const read = subnet && this.ground.subnets.get(subnet);
    return (
      read ?? {
        unknown: `the subnet of ${element.path} is no part of this tree, so neither are its routes and its network ACL`,
      }
    );
  }

  /** Whether an elastic IP stands in front, or a public address comes with it. */
  private isPublic(element: Element): Certainty {
    const { elements } = this.ground;
    const isElastic = ["instance_id", "instance", "network_interface_id", "network_interface"].some(
      (argument) => elements.referringTo(element, argument, "aws_eip", "aws_eip_association").length > 0,
    );
    if (isElastic) return "yes";
    const asked = element.arguments.flag("associate_public_ip_address");
    if (asked !== undefined) return asked ? "yes" : "no";
    if (element.type === "aws_network_interface") return "no";
    return this.mapsPublic(element, element.arguments.text("subnet_id"));
  }

  /** Whether machines of a subnet get public addresses unasked. */
  private mapsPublic(element: Element, text: string | undefined): Certainty {
    const subnet = this.ground.elements.behind(element, text);
    if (subnet === undefined || this.ground.subnets.get(subnet) === undefined) return "maybe";
    return subnet.arguments.flag("map_public_ip_on_launch") === true ? "yes" : "no";
  }
}

function spreadPath(element: Element, place: Subnet | Unknown): string {
  return isUnknown(place) ? element.path : `${element.path} in ${place.path}`;
}
