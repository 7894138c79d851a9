import { ComputeInstanceV2 } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import { ComputeServergroupV2 } from "@cdktf/provider-openstack/lib/compute-servergroup-v2";
import { DataOpenstackComputeFlavorV2 } from "@cdktf/provider-openstack/lib/data-openstack-compute-flavor-v2";
import { NetworkingFloatingipAssociateV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-rule-v2";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Size } from "@groundwork/constructs/core/size";
import { ApiBalancer } from "@groundwork/constructs/kpaas/plan/api-balancer";
import type { ClusterPlanProps } from "@groundwork/constructs/kpaas/plan/cluster-plan";
import { ControlPlane } from "@groundwork/constructs/kpaas/plan/control-plane";
import { Etcd } from "@groundwork/constructs/kpaas/plan/etcd";
import { Exposure } from "@groundwork/constructs/kpaas/plan/exposure";
import type { KPaasClusterProps } from "@groundwork/constructs/kpaas/cluster/kpaas-cluster";
import { KPaasCluster } from "@groundwork/constructs/kpaas/cluster/kpaas-cluster";
import { KPaasStorage } from "@groundwork/constructs/kpaas/plan/kpaas-storage";
import { NodePool } from "@groundwork/constructs/kpaas/plan/node-pool";
import { KPS025 } from "@groundwork/constructs/kpaas/rules";
import { TwoTierNetwork } from "@groundwork/constructs/nhn/network/two-tier-network";
import { OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import { Image } from "@groundwork/constructs/openstack/compute/image";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Router } from "@groundwork/constructs/openstack/network/router";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import type { TerraformStack } from "cdktf";
import { resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { ceph, etcds, first, lab, machine, masters, range, workers } from "../../../support/kpaas";
import { nhnStack } from "../../../support/nhn";
import { openstackStack } from "../../../support/openstack";

const OFFICE = Peer.ipv4("198.51.100.0/24");

/** A network with the lab's subnet, and the addresses of the internet that the lab's cluster has. */
function ground() {
  const stack = openstackStack();
  const external = new ExternalNetwork(stack, "Internet");
  const network = new Network(stack, "Network", { cidr: Cidr.parse("192.168.0.0/16") });
  const subnet = new Subnet(stack, "Subnet", {
    network,
    cidr: Cidr.parse("192.168.7.0/24"),
    floatingIps: true,
    automaticAddresses: Cidr.parse("192.168.7.192/26"),
  });
  new Router(stack, "Router", { external, subnets: [subnet] });
  const floatingIp = new FloatingIp(stack, "ApiAddress", { external });
  const ingressIp = new FloatingIp(stack, "IngressAddress", { external });
  const image = new Image(stack, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04") });
  const keyPair = KeyPair.fromName(stack, "Operators", "ops");
  return { stack, subnet, floatingIp, ingressIp, image, keyPair };
}

/** The lab's ingress, below the upper half of the subnet, where the cloud hands out addresses by itself. */
function extraNic(floatingIp: FloatingIp) {
  return Exposure.extraNic({
    serviceAddresses: range,
    address: "192.168.7.11",
    floatingAddress: floatingIp.floatingIpAddress,
  });
}

/** The lab's machines, with something else in the plan or in what the machines are made of. */
function cluster(changes: Partial<ClusterPlanProps> = {}, props: Partial<KPaasClusterProps> = {}) {
  const { stack, subnet, floatingIp, ingressIp, image, keyPair } = ground();
  const plan = lab({
    subnet,
    controlPlane: ControlPlane.single(first, { publicAddress: floatingIp.floatingIpAddress }),
    exposure: extraNic(ingressIp),
    cloud: OPENSTACK,
    ...changes,
  });
  const made = new KPaasCluster(stack, "KPaas", {
    ...{ plan, subnet, image, keyPair, floatingIp },
    administrators: [OFFICE],
    ...(plan.exposure.kind === "extra-nic" ? { ingress: { floatingIp: ingressIp } } : {}),
    boot: ({ name, role }) =>
      CloudInit.ubuntu().with(
        Files.text("/etc/motd", `${name} is a ${role}\n`),
        Files.text("/etc/kpaas/cp-cluster-vars.sh", plan.inventory.toString()),
      ),
    ...props,
  });
  return { stack, made, plan };
}

/** The lab's machines without an interface for the ingress. */
function bare(): KPaasCluster {
  const { stack, subnet, floatingIp, ingressIp, image, keyPair } = ground();
  const controlPlane = ControlPlane.single(first, { publicAddress: floatingIp.floatingIpAddress });
  return new KPaasCluster(stack, "KPaas", {
    ...{ plan: lab({ controlPlane, exposure: extraNic(ingressIp) }), subnet, image, keyPair, floatingIp },
    administrators: [OFFICE],
    boot: () => CloudInit.ubuntu(),
  });
}

/** Three control plane nodes, none of which the internet reaches, and a load balancer for each purpose that is there already. */
function available(etcd: Etcd) {
  const stack = openstackStack();
  const external = new ExternalNetwork(stack, "Internet");
  const network = new Network(stack, "Network", { cidr: Cidr.parse("192.168.0.0/16") });
  const subnet = new Subnet(stack, "Subnet", {
    network,
    cidr: Cidr.parse("192.168.7.0/24"),
    floatingIps: true,
    automaticAddresses: Cidr.parse("192.168.7.192/26"),
  });
  new Router(stack, "Router", { external, subnets: [subnet] });
  const plan = lab({
    controlPlane: ControlPlane.highlyAvailable({
      ...{ nodes: masters, etcd },
      loadBalancer: ApiBalancer.at("192.168.7.5"),
    }),
    exposure: Exposure.loadBalancer({ serviceAddresses: range, address: "203.0.113.20" }),
  });
  const made = new KPaasCluster(stack, "KPaas", {
    ...{ plan, subnet },
    image: new Image(stack, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04") }),
    keyPair: KeyPair.fromName(stack, "Operators", "ops"),
    administrators: [OFFICE],
    boot: () => CloudInit.ubuntu(),
  });
  return { stack, made, plan };
}

function names(stack: TerraformStack): readonly unknown[] {
  return resources(stack, ComputeInstanceV2).map((server) => server["name"]);
}

describe("KPaasCluster", () => {
  test("makes the five machines of the lab, at the addresses of the plan (A3)", () => {
    const { stack, made, plan } = cluster();
    expect(names(stack)).toHaveLength(5);
    expect(made.machines.map(({ name, fixedAddress }) => [name, fixedAddress])).toEqual(
      plan.machines.map(({ name, fixedAddress }) => [name, fixedAddress]),
    );
    expect(new Set(made.machines.map(({ flavor }) => flavor))).toEqual(new Set(["r2.c2m8"]));
  });

  test("gives the first control plane node an interface for the cluster and one for the ingress, and nobody else", () => {
    const { stack, made, plan } = cluster();
    expect(made.installHost.ports.map(({ fixedAddress, floatingAddress }) => [fixedAddress, floatingAddress])).toEqual([
      ["192.168.7.10", plan.controlPlane.publicAddress],
      ["192.168.7.11", plan.exposure.publicAddress],
    ]);
    expect(resources(stack, NetworkingFloatingipAssociateV2)).toHaveLength(2);
    expect(resources(stack, NetworkingPortV2)).toHaveLength(6);
  });

  test("puts each machine into the group of what it is there for", () => {
    const { made } = cluster();
    const groups = made.machines.map(({ securityGroups }) => securityGroups);
    const wanted = (["control-plane", "worker", "worker", "worker", "nfs"] as const).map((role) =>
      made.firewall.groupsOf(role),
    );
    expect(groups).toEqual(wanted);
    expect(made.installHost.ports.map(({ securityGroups }) => securityGroups)).toEqual([wanted[0], wanted[0]]);
  });

  test("lets whoever administers the ingress' interface in there, and not at the cluster's", () => {
    const { stack, subnet, floatingIp, ingressIp, image, keyPair } = ground();
    const bastion = new SecurityGroup(stack, "Bastion", { description: "administrators" });
    const made = new KPaasCluster(stack, "KPaas", {
      ...{ subnet, image, keyPair, floatingIp, administrators: [bastion] },
      plan: lab({
        subnet,
        controlPlane: ControlPlane.single(first, { publicAddress: floatingIp.floatingIpAddress }),
        exposure: extraNic(ingressIp),
      }),
      ingress: { floatingIp: ingressIp, securityGroups: [bastion] },
      boot: () => CloudInit.ubuntu(),
    });
    const groups = made.firewall.groupsOf("control-plane");
    expect(made.installHost.ports.map(({ securityGroups }) => securityGroups)).toEqual([groups, [...groups, bastion]]);
  });

  test("allows what MetalLB hands out at every node, and at no other machine", () => {
    const ports = resources(cluster().stack, NetworkingPortV2).filter((port) => "allowed_address_pairs" in port);
    expect(ports).toHaveLength(4);
    const pairs = range.blocks.map((block) => ({ ip_address: block.toString() }));
    for (const port of ports) expect(port["allowed_address_pairs"]).toEqual(pairs);
  });

  test("needs no address of the internet for control planes behind a load balancer", () => {
    const { stack, plan } = available(Etcd.stacked());
    expect(plan.controlPlane.publicAddress).toBe(first.fixedAddress);
    expect(resources(stack, NetworkingFloatingipAssociateV2)).toEqual([]);
  });

  test("opens the ingress and node ports to clients, and to nobody else from outside", () => {
    const open = (props: Partial<KPaasClusterProps>) =>
      resources(cluster({}, props).stack, NetworkingSecgroupRuleV2).filter(
        (rule) => rule["direction"] === "ingress" && rule["remote_ip_prefix"] === "0.0.0.0/0",
      );
    expect(open({})).toEqual([]);
    expect(open({ clients: [Peer.anyIpv4()] })).toHaveLength(3);
  });

  test("tells each machine what it is there for", () => {
    const { stack } = cluster();
    const texts = resources(stack, ComputeInstanceV2).map((server) => String(server["user_data"]));
    for (const words of ["lab-cluster1 is a control-plane", "lab-cluster4 is a worker", "lab-nfs is a nfs"])
      expect(texts.filter((text) => text.includes(words))).toHaveLength(1);
  });

  test("looks a flavor up once for all machines of it", () => {
    const large = NodePool.of("large", [machine("lab-large1", 60, { flavor: "m2.c8m16" })]);
    expect(resources(cluster({ workers: [workers, large] }).stack, DataOpenstackComputeFlavorV2)).toHaveLength(2);
  });

  test("moves nothing when there is one more worker", () => {
    const addresses = (stack: TerraformStack) =>
      [ComputeInstanceV2, NetworkingPortV2].flatMap((kind) => resources(stack, kind).map(({ address }) => address));
    const more = NodePool.of("more", [machine("lab-cluster9", 29)]);
    const [before, after] = [addresses(cluster().stack), addresses(cluster({ workers: [workers, more] }).stack)];
    expect(after).toEqual(expect.arrayContaining([...before]));
    expect(after).toHaveLength(before.length + 2);
  });

  test("gives workers of Ceph their empty volumes, and nobody else", () => {
    const { stack } = cluster({ workers: [ceph], storage: KPaasStorage.rookCeph({ on: ceph }) });
    const disks = resources(stack, ComputeInstanceV2).map((server) => [
      String(server["name"]).replace(/\d$/, ""),
      (server["block_device"] as readonly { readonly volume_size: number }[]).map((disk) => disk.volume_size),
    ]);
    expect(disks).toEqual(
      expect.arrayContaining([
        ["lab-cluster", [20]],
        ["lab-ceph", [20, 100]],
      ]),
    );
  });

  test("gives machines the root disks and the zone that they are asked for with", () => {
    const { stack } = cluster({}, { rootDisks: { nfs: { size: Size.gibibytes(200) } }, zone: "kr-pub-a" });
    const servers = resources(stack, ComputeInstanceV2);
    const sizes = servers.map((server) => [
      server["name"],
      (server["block_device"] as readonly { readonly volume_size: number }[])[0]?.volume_size,
    ]);
    expect(sizes).toEqual(
      expect.arrayContaining([
        ["lab-nfs", 200],
        ["lab-cluster2", 20],
      ]),
    );
    expect(servers.every((server) => server["availability_zone"] === "kr-pub-a")).toBe(true);
  });

  test("keeps members of etcd on hosts of their own", () => {
    expect(resources(cluster().stack, ComputeServergroupV2)).toHaveLength(0);
    expect(resources(available(Etcd.stacked()).stack, ComputeServergroupV2)).toHaveLength(1);
    const { stack } = available(Etcd.external(etcds));
    expect(resources(stack, ComputeServergroupV2)).toHaveLength(2);
    const placed = resources(stack, ComputeInstanceV2).filter((server) => server["scheduler_hints"] !== undefined);
    expect(placed.map((server) => server["name"]).sort()).toEqual(
      [...masters, ...etcds].map(({ name }) => name).sort(),
    );
  });

  test("can be walked by Terraform, though the install host is told floating IPs that only Terraform will know", () => {
    const { stack, made } = cluster({}, { clients: [Peer.anyIpv4()] });
    const told = resources(stack, ComputeInstanceV2).find((server) => server["name"] === "lab-cluster1")?.["user_data"];
    expect(told).toContain("MASTER1_NODE_PUBLIC_IP=${openstack_networking_floatingip_v2.ApiAddress");
    expect(graphOf(stack).cycle).toBeUndefined();
    expect(made.node.defaultChild).toBe(made.installHost);
  });

  test("starts machines when their ways out are open, and takes them down first", () => {
    const graph = graphOf(cluster().stack);
    expect(graph.touches("openstack_compute_instance_v2", "openstack_networking_floatingip_associate_v2")).toBe(true);
    expect(graph.touches("openstack_networking_floatingip_associate_v2", "openstack_compute_instance_v2")).toBe(false);
    expect(graph.needs("openstack_compute_instance_v2", "openstack_networking_router_interface_v2")).toBe(true);
  });
});

describe("KPaasCluster on NHN Cloud", () => {
  test("stands in the private subnet, with the ingress' interface in the public one and one address for both", () => {
    const { stack, api } = nhnStack();
    const network = new TwoTierNetwork(stack, "Network", {
      api,
      cidr: Cidr.parse("192.168.0.0/16"),
      publicCidr: Cidr.parse("192.168.16.0/20"),
      privateCidr: Cidr.parse("192.168.7.0/24"),
      administrators: [OFFICE],
    });
    const { privateSubnet, publicSubnet, bastion, internetGateway } = network;
    const floatingIp = new FloatingIp(stack, "Address", { external: internetGateway.externalNetwork });
    const plan = lab({
      subnet: privateSubnet,
      controlPlane: ControlPlane.single(first, { publicAddress: floatingIp.floatingIpAddress }),
      exposure: Exposure.extraNic({
        serviceAddresses: range,
        address: "192.168.16.11",
        floatingAddress: floatingIp.floatingIpAddress,
        subnet: publicSubnet.cidr,
      }),
    });
    const made = new KPaasCluster(stack, "KPaas", {
      ...{ plan, subnet: privateSubnet },
      image: new Image(stack, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04"), cloud: privateSubnet.cloud }),
      keyPair: KeyPair.fromName(stack, "Operators", "ops"),
      administrators: [bastion],
      clients: [Peer.anyIpv4()],
      ingress: { floatingIp, subnet: publicSubnet },
      boot: () => CloudInit.ubuntu(),
    });
    expect(made.installHost.ports.map(({ fixedAddress, floatingAddress }) => [fixedAddress, floatingAddress])).toEqual([
      ["192.168.7.10", undefined],
      ["192.168.16.11", floatingIp.floatingIpAddress],
    ]);
    expect(plan.hostDomain).toBe(`${floatingIp.floatingIpAddress}.nip.io`);
    expect(graphOf(stack).cycle).toBeUndefined();
  });
});

describe("a cluster's machines", () => {
  test("are rejected in another subnet than the plan's", () => {
    const { stack } = ground();
    const network = new Network(stack, "Other", { cidr: Cidr.parse("10.0.0.0/16") });
    const subnet = new Subnet(stack, "OtherSubnet", { network, cidr: Cidr.parse("10.0.0.0/24") });
    expect(() => cluster({}, { subnet })).toViolate(KPS025, /subnet 10\.0\.0\.0\/24, the plan has 192\.168\.7\.0\/24/);
  });

  test("are rejected behind another address than the plan's control plane is told", () => {
    const { stack } = ground();
    const floatingIp = FloatingIp.fromAddress(stack, "Other", "203.0.113.99");
    expect(() => cluster({}, { floatingIp })).toViolate(KPS025, /not the plan's/);
    expect(() => cluster({}, { ingress: { floatingIp } })).toViolate(KPS025, /another floating IP for the ingress/);
  });

  test("are rejected with an interface for an ingress that has none, as with none for one that has", () => {
    const { stack } = ground();
    const other = FloatingIp.fromAddress(stack, "Other", "203.0.113.20");
    const exposure = Exposure.loadBalancer({ serviceAddresses: range, address: "203.0.113.20" });
    expect(() => cluster({ exposure })).not.toThrow();
    expect(() => cluster({ exposure }, { ingress: { floatingIp: other } })).toViolate(KPS025, /leave ingress out/);
    expect(() => bare()).toViolate(KPS025, /no interface for the ingress/);
  });
});
