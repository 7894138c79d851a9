import type { Interface, Machine, Service, Subnet } from "../model/place";
import { blockOf } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { Terrain } from "../reader/terrain";
import { AwsAcls } from "./aws-acls";
import { AwsCarriedGroups } from "./aws-carried-groups";
import { AwsFleets } from "./aws-fleets";
import { AwsGroups } from "./aws-groups";
import { AwsInterfaces } from "./aws-interfaces";
import { AwsRoutes } from "./aws-routes";

/**
 * Reads what AWS's provider is told to make. What it is not told is as AWS makes it: a main routing table that leads
 * inside only, an ACL that lets everything through, a security group whose members reach each other.
 */
export function readAws(elements: Elements): Terrain {
  const groups = new AwsGroups(elements);
  const routes = new AwsRoutes(elements);
  const subnets = readSubnets(elements, routes);
  const carried = new AwsCarriedGroups(elements, groups);
  const interfaces = new AwsInterfaces({ elements, carried, subnets });
  const fleets = new AwsFleets(carried, interfaces);
  const parties = new Map<Element, readonly (Machine | Service)[]>();
  for (const instance of elements.resources("aws_instance")) parties.set(instance, [interfaces.machine(instance)]);
  for (const endpoint of elements.resources("aws_vpc_endpoint")) parties.set(endpoint, interfaces.endpoint(endpoint));
  for (const balancer of elements.resources("aws_lb", "aws_alb"))
    parties.set(balancer, loadBalancer(balancer, carried, interfaces));
  for (const nodes of elements.resources("aws_eks_node_group")) parties.set(nodes, fleets.nodes(nodes));
  for (const fleet of elements.resources("aws_autoscaling_group")) parties.set(fleet, fleets.scaled(fleet));
  routes.read({
    subnet: (element) => subnets.get(element),
    machine: (element): Interface | undefined =>
      ["aws_instance", "aws_network_interface"].includes(element.type) ? interfaces.of(element) : undefined,
  });
  return {
    parties,
    ports: new Map(
      elements.resources("aws_network_interface").map((element) => [element, [interfaces.alone(element)]]),
    ),
    subnets,
    groups: groups.made,
    networks: new Map(elements.resources("aws_vpc").map((element) => [element, element.key])),
  };
}

function readSubnets(elements: Elements, routes: AwsRoutes): ReadonlyMap<Element, Subnet> {
  const acls = new AwsAcls(elements);
  return new Map(
    elements.resources("aws_subnet").map((element) => {
      const text = element.arguments.text("vpc_id") ?? "";
      const network = elements.behind(element, text);
      const made = network?.type === "aws_vpc" && elements.resources("aws_vpc").includes(network) ? network : undefined;
      return [
        element,
        {
          path: element.path,
          cidr: blockOf(elements, element, element.arguments.text("cidr_block")),
          network: elements.keyOf(element, text),
          table: routes.of(element, made),
          acl: acls.of(element, made),
        },
      ];
    }),
  );
}

function loadBalancer(element: Element, carried: AwsCarriedGroups, interfaces: AwsInterfaces): readonly Machine[] {
  const { arguments: block } = element;
  const subnets = [...block.list("subnets"), ...block.blocks("subnet_mapping").flatMap((one) => one.list("subnet_id"))];
  const texts = block.list("security_groups");
  const isPublic = block.flag("internal") === true ? "no" : "yes";
  return interfaces.spread(element, subnets, carried.named(element, texts), isPublic);
}
