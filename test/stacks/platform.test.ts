import { ComputeInstanceV2 } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import { ComputeKeypairV2 } from "@groundwork/provider-openstack/lib/compute-keypair-v2";
import { DataOpenstackComputeFlavorV2 } from "@groundwork/provider-openstack/lib/data-openstack-compute-flavor-v2";
import { DataOpenstackImagesImageV2 } from "@groundwork/provider-openstack/lib/data-openstack-images-image-v2";
import { LbListenerV2 } from "@groundwork/provider-openstack/lib/lb-listener-v2";
import { LbLoadbalancerV2 } from "@groundwork/provider-openstack/lib/lb-loadbalancer-v2";
import { NetworkingFloatingipAssociateV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingPortV2 } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSubnetV2 } from "@groundwork/provider-openstack/lib/networking-subnet-v2";
import { resource, resources } from "../support/fixture";
import { graphOf } from "../support/graph";
import { objects } from "../support/nhn";
import { platformOf, stackOf } from "../support/stacks";

/** Addresses of each machine's interfaces, by its name. */
function addressesOf(id: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    platformOf(stackOf(id)).cluster.machines.map(({ name, ports }) => [name, ports.map((port) => port.fixedAddress)]),
  );
}

/** Installer variables of a stack's platform. */
function variablesOf(id: string): Readonly<Record<string, string>> {
  return Object.fromEntries(platformOf(stackOf(id)).plan.inventory.variables);
}

describe("lab-nhn", () => {
  const stack = stackOf("lab-nhn");

  test("has the lab's network: one block, a public and a private subnet (A1)", () => {
    expect(objects(stack, "vpc").map(({ fields }) => fields["cidrv4"])).toContain("172.31.0.0/16");
    expect(objects(stack, "vpcsubnet").map(({ fields }) => fields["cidr"])).toEqual(
      expect.arrayContaining(["172.31.16.0/20", "172.31.0.0/20"]),
    );
  });

  test("has the lab's five machines of two vCPUs and eight gigabytes with Ubuntu 22.04, in its zone (A3)", () => {
    const machines = resources(stack, ComputeInstanceV2);
    expect(machines).toHaveLength(5);
    for (const machine of machines) expect(machine["availability_zone"]).toBe("kr-pub-a");
    expect(resource(stack, DataOpenstackComputeFlavorV2)["name"]).toBe("r2.c2m8");
    expect(resource(stack, DataOpenstackImagesImageV2)["name_regex"]).toBe("^Ubuntu Server 22\\.04");
  });

  test("names its key pair in at most 32 characters (A4)", () => {
    expect(String(resource(stack, ComputeKeypairV2)["name"])).toMatch(/^[A-Za-z0-9-]{1,32}$/);
  });
});

test("lab-openstack has the same subnets and machines on standard OpenStack", () => {
  expect(resources(stackOf("lab-openstack"), NetworkingSubnetV2).map(({ cidr }) => cidr)).toEqual(
    expect.arrayContaining(["172.31.16.0/20", "172.31.0.0/20", "192.168.7.0/24"]),
  );
  expect(addressesOf("lab-openstack")).toEqual(addressesOf("lab-nhn"));
});

describe.each(["lab-nhn", "lab-openstack"])("%s", (id) => {
  test("gives the first control plane node a second interface with the floating IP", () => {
    const { "lab-cluster1": first, ...others } = addressesOf(id);
    expect(first).toEqual(["192.168.7.10", "192.168.8.10"]);
    for (const own of Object.values(others)) expect(own).toEqual([expect.stringMatching(/^192\.168\.7\./)]);
    expect(resource(stackOf(id), NetworkingFloatingipAssociateV2)["port_id"]).toContain("Port-eth1");
  });

  test("has the lab's values in the installer variables (B3)", () => {
    const variables = variablesOf(id);
    const floatingIp = variables["MASTER1_NODE_PUBLIC_IP"];
    expect(variables).toMatchObject({
      KUBE_CONTROL_HOSTS: "1",
      MASTER1_NODE_HOSTNAME: "lab-cluster1",
      KUBE_WORKER_HOSTS: "3",
      WORKER1_NODE_HOSTNAME: "lab-worker1",
      WORKER3_NODE_PRIVATE_IP: "192.168.7.22",
      STORAGE_TYPE: "nfs",
      NFS_SERVER_PRIVATE_IP: "192.168.7.19",
      METALLB_IP_RANGE: "192.168.7.150-192.168.7.160",
      INGRESS_NGINX_IP: "192.168.8.10",
      INSTALL_KYVERNO: "Y",
    });
    expect(platformOf(stackOf(id)).plan.hostDomain).toBe(`${floatingIp ?? ""}.nip.io`);
  });

  test("allows the addresses of services on the ports of nodes only, in three blocks", () => {
    const withMore = resources(stackOf(id), NetworkingPortV2).filter((port) => "allowed_address_pairs" in port);
    expect(withMore).toHaveLength(4);
    for (const port of withMore)
      expect(port["allowed_address_pairs"]).toEqual([
        { ip_address: "192.168.7.150/31" },
        { ip_address: "192.168.7.152/29" },
        { ip_address: "192.168.7.160/32" },
      ]);
  });
});

describe.each(["production-nhn", "production-openstack"])("%s", (id) => {
  test("has three control plane nodes behind a load balancer, and no floating IP on machines of the cluster", () => {
    expect(variablesOf(id)).toMatchObject({
      KUBE_CONTROL_HOSTS: "3",
      ETCD_TYPE: "stacked",
      LOADBALANCER_DOMAIN: "10.40.0.5",
      MASTER1_NODE_PUBLIC_IP: "10.40.0.10",
    });
    for (const own of Object.values(addressesOf(id))) expect(own).toHaveLength(1);
    expect(resources(stackOf(id), LbLoadbalancerV2).map((balancer) => balancer["vip_address"])).toContain("10.40.0.5");
    expect(resources(stackOf(id), LbListenerV2).map((one) => one["protocol_port"])).toEqual(
      expect.arrayContaining([6443, 80, 443]),
    );
  });
});

test.each(["production-nhn", "production-openstack"])("%s starts machines after the load balancers", (id) => {
  const machines = resources(stackOf(id), ComputeInstanceV2).filter(({ name }) => !String(name).includes("bastion"));
  expect(machines).toHaveLength(7);
  for (const machine of machines)
    expect(machine["depends_on"]).toContainEqual(expect.stringContaining("openstack_lb_monitor_v2"));
  expect(graphOf(stackOf(id)).cycle).toBeUndefined();
});

test("additional control plane nodes change no address of another machine", () => {
  const [lab, production] = [addressesOf("lab-nhn"), addressesOf("production-nhn")];
  const last = (address: string | undefined) => address?.split(".").at(-1);
  for (const noun of ["worker1", "worker2", "worker3", "nfs1"])
    expect(last(production[`production-${noun}`]?.[0])).toBe(last(lab[`lab-${noun}`]?.[0]));
});

test.each(["lab-openstack", "production-openstack"])(
  "%s has no more security group rules than the default quota of a project",
  (id) => {
    // Neutron's default.
    expect(resources(stackOf(id), NetworkingSecgroupRuleV2).length).toBeLessThanOrEqual(100);
  },
);
