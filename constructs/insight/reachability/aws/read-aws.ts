import type { Interface, Machine, Service, Subnet } from "../model/network/endpoint";
import { blockOf } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { NetworkModel } from "../reader/network-model";
import { AwsAcls } from "./aws-acls";
import { AwsAttachedGroups } from "./aws-attached-groups";
import { AwsFleets } from "./aws-fleets";
import { AwsGroups } from "./aws-groups";
import { AwsInterfaces } from "./aws-interfaces";
import { AwsRoutes } from "./aws-routes";

/**
 * Reads the resources of the AWS provider. The defaults of AWS apply where the tree contains no resource: a main routing table with
 * local routes only, a network ACL that allows all traffic, a security group whose members can connect to each other.
 */
export function readAws(elements: Elements): NetworkModel {
  const groups = new AwsGroups(elements);
  const routes = new AwsRoutes(elements);
  const subnets = readSubnets(elements, routes);
  const attachedGroups = new AwsAttachedGroups(elements, groups);
  const interfaces = new AwsInterfaces({ elements, attachedGroups, subnets });
  const fleets = new AwsFleets(attachedGroups, interfaces);
  const nodes = new Map<Element, readonly (Machine | Service)[]>();
  for (const instance of elements.resources("aws_instance")) nodes.set(instance, [interfaces.machine(instance)]);
  for (const endpoint of elements.resources("aws_vpc_endpoint")) nodes.set(endpoint, interfaces.endpoint(endpoint));
  for (const balancer of elements.resources("aws_lb", "aws_alb"))
    nodes.set(balancer, loadBalancer(balancer, attachedGroups, interfaces));
  for (const target of elements.resources("aws_efs_mount_target"))
    nodes.set(target, mountTarget(target, attachedGroups, interfaces));
  for (const group of elements.resources("aws_eks_node_group")) nodes.set(group, fleets.nodes(group));
  for (const fleet of elements.resources("aws_autoscaling_group")) nodes.set(fleet, fleets.scaled(fleet));
  routes.read({
    subnet: (element) => subnets.get(element),
    machine: (element): Interface | undefined =>
      ["aws_instance", "aws_network_interface"].includes(element.type) ? interfaces.of(element) : undefined,
  });
  return {
    nodes,
    ports: new Map(
      elements.resources("aws_network_interface").map((element) => [element, [interfaces.standalone(element)]]),
    ),
    subnets,
    groups: groups.byElement,
    networks: new Map(elements.resources("aws_vpc").map((element) => [element, element.key])),
  };
}

function readSubnets(elements: Elements, routes: AwsRoutes): ReadonlyMap<Element, Subnet> {
  const acls = new AwsAcls(elements);
  return new Map(
    elements.resources("aws_subnet").map((element) => {
      const text = element.arguments.text("vpc_id") ?? "";
      const network = elements.resolve(element, text);
      const vpc = network?.type === "aws_vpc" && elements.resources("aws_vpc").includes(network) ? network : undefined;
      return [
        element,
        {
          path: element.path,
          cidr: blockOf(elements, element, element.arguments.text("cidr_block")),
          network: elements.keyOf(element, text),
          table: routes.of(element, vpc),
          acl: acls.of(element, vpc),
        },
      ];
    }),
  );
}

function loadBalancer(
  element: Element,
  attachedGroups: AwsAttachedGroups,
  interfaces: AwsInterfaces,
): readonly Machine[] {
  const { arguments: block } = element;
  const subnets = [...block.list("subnets"), ...block.blocks("subnet_mapping").flatMap((one) => one.list("subnet_id"))];
  const texts = block.list("security_groups");
  const isPublic = block.flag("internal") === true ? "no" : "yes";
  // A network load balancer without security groups has none; every other resource then has the default group of its network.
  const isOpen = texts.length === 0 && block.text("load_balancer_type") === "network";
  const groups = isOpen ? undefined : attachedGroups.byIds(element, texts);
  return interfaces.inSubnets(element, subnets, groups, isPublic);
}

/** A mount target of a file system: an interface in one subnet. */
function mountTarget(
  element: Element,
  attachedGroups: AwsAttachedGroups,
  interfaces: AwsInterfaces,
): readonly Machine[] {
  const { arguments: block } = element;
  const subnets = block.list("subnet_id");
  return interfaces.inSubnets(element, subnets, attachedGroups.byIds(element, block.list("security_groups")), "no");
}
