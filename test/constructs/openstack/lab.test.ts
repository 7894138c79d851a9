import { ComputeInstanceV2 } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import { NetworkingPortV2 } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { NetworkingSubnetV2 } from "@groundwork/provider-openstack/lib/networking-subnet-v2";
import { resources, synthesized } from "../../support/fixture";
import { graphOf } from "../../support/graph";
import { openstackStack } from "../../support/openstack";
import { fleet, LAB } from "../../support/openstack-fleet";

const stack = openstackStack();
const { controlPlane, workers, nfs } = fleet(stack);

describe("the lab on OpenStack", () => {
  test("has the lab's two subnets (A1)", () => {
    expect(
      resources(stack, NetworkingSubnetV2)
        .map((subnet) => subnet["cidr"])
        .sort(),
    ).toEqual(["172.31.0.0/20", "172.31.16.0/20"]);
  });

  test("has one control plane, three workers and an NFS server of the lab's flavor, in its zone (A3)", () => {
    expect(resources(stack, ComputeInstanceV2)).toHaveLength(5);
    expect([controlPlane, ...workers, nfs].map(({ flavor, zone }) => [flavor, zone])).toEqual(
      Array.from({ length: 5 }, () => ["r2.c2m8", "kr-pub-a"]),
    );
    expect(workers.map(({ fixedAddress }) => fixedAddress)).toEqual(["172.31.0.20", "172.31.0.21", "172.31.0.22"]);
  });

  test("has a separate interface for the control plane's public traffic (A3)", () => {
    expect(
      controlPlane.ports.map(({ fixedAddress, floatingAddress }) => [fixedAddress, floatingAddress !== undefined]),
    ).toEqual([
      ["172.31.0.10", false],
      ["172.31.16.10", true],
    ]);
    expect([...workers, nfs].every(({ floatingAddress }) => floatingAddress === undefined)).toBe(true);
  });

  test("changes no existing port when a worker is added", () => {
    const larger = openstackStack();
    fleet(larger, { ...LAB, workers: 4 });
    const before = resources(stack, NetworkingPortV2).map((port) => [port.address, JSON.stringify(port["fixed_ip"])]);
    const after = resources(larger, NetworkingPortV2).map((port) => [port.address, JSON.stringify(port["fixed_ip"])]);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 1);
  });

  test("has no dependency cycle, and destroys machines first", () => {
    const graph = graphOf(stack);
    expect(graph.cycle).toBeUndefined();
    expect(graph.needs("openstack_compute_instance_v2", "openstack_networking_router_v2")).toBe(true);
    expect(graph.needs("openstack_networking_floatingip_associate_v2", "openstack_networking_router_v2")).toBe(true);
    expect(graph.needs("openstack_networking_router_interface_v2", "openstack_networking_router_v2")).toBe(true);
  });

  test("uses no argument that newer provider versions have removed", () => {
    expect(JSON.stringify(synthesized(stack))).not.toMatch(/use_octavia|allocation_pools|access_ip_v4|multiattach/);
  });
});
