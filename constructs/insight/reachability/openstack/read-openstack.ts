import type { Interface, Machine, Subnet } from "../model/network/endpoint";
import { NhnNetworks } from "../nhn/nhn-networks";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { NetworkModel } from "../reader/network-model";
import { OpenstackGroups } from "./openstack-groups";
import { OpenstackNetworks } from "./openstack-networks";
import { OpenstackPorts } from "./openstack-ports";

/**
 * Reads the resources of the OpenStack provider and of NHN Cloud's API. Ports, machines and security groups are the same on both;
 * subnets and routes of NHN Cloud are objects of its own API.
 */
export function readOpenstack(elements: Elements): NetworkModel {
  const networks = new OpenstackNetworks(elements);
  const nhn = new NhnNetworks(elements);
  const groups = new OpenstackGroups(elements);
  const subnets: ReadonlyMap<Element, Subnet> = new Map([...networks.subnets, ...nhn.subnets]);
  const networkOf = (subnet: Element) =>
    nhn.networkOf(subnet) ?? elements.resolve(subnet, subnet.arguments.text("network_id"));
  const ports = new OpenstackPorts({ elements, groups, subnets, networkOf });
  const nodes = readNodes(elements, ports);
  const standalone = new Map(
    elements.resources("openstack_networking_port_v2").map((port) => [port, [ports.standalone(port)]]),
  );
  const interfaces: readonly Interface[] = [...standalone.values()].flat().flatMap((machine) => machine.interfaces);
  networks.readRoutes(interfaces);
  nhn.readRoutes(interfaces);
  return {
    nodes,
    ports: standalone,
    subnets,
    groups: groups.byElement,
    networks: new Map([...networks.networks, ...nhn.networks]),
  };
}

function readNodes(elements: Elements, ports: OpenstackPorts): ReadonlyMap<Element, readonly Machine[]> {
  const machines = elements.resources("openstack_compute_instance_v2");
  return new Map([
    ...machines.map((element): [Element, readonly Machine[]] => [element, [ports.machine(element)]]),
    ...elements
      .resources("openstack_lb_loadbalancer_v2")
      .map((element): [Element, readonly Machine[]] => [element, [ports.loadBalancer(element)]]),
  ]);
}
