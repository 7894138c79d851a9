import { ComputeInstanceV2 } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import { ComputeServergroupV2 } from "@groundwork/provider-openstack/lib/compute-servergroup-v2";
import { DataOpenstackComputeFlavorV2 } from "@groundwork/provider-openstack/lib/data-openstack-compute-flavor-v2";
import { NetworkingFloatingipAssociateV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingPortV2 } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
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
import { KPaasCluster, type KPaasClusterProps } from "@groundwork/constructs/kpaas/cluster/kpaas-cluster";
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

/** A network with the lab's subnet and floating IPs. */
function labNetwork() {
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

/** Exposure of the lab; its addresses are below the automatic addresses of the subnet. */
function extraNic(floatingIp: FloatingIp) {
  return Exposure.extraNic({
    serviceAddresses: range,
    address: "192.168.7.11",
    floatingAddress: floatingIp.floatingIpAddress,
  });
}

/** The lab's cluster, with other properties of the plan or of the machines. */
function createCluster(changes: Partial<ClusterPlanProps> = {}, props: Partial<KPaasClusterProps> = {}) {
  const { stack, subnet, floatingIp, ingressIp, image, keyPair } = labNetwork();
  const plan = lab({
    subnet,
    controlPlane: ControlPlane.single(first, { publicAddress: floatingIp.floatingIpAddress }),
    exposure: extraNic(ingressIp),
    cloud: OPENSTACK,
    ...changes,
  });
  const cluster = new KPaasCluster(stack, "KPaas", {
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
  return { stack, cluster, plan };
}

/** The lab's cluster without an ingress interface. */
function withoutIngress(): KPaasCluster {
  const { stack, subnet, floatingIp, ingressIp, image, keyPair } = labNetwork();
  const controlPlane = ControlPlane.single(first, { publicAddress: floatingIp.floatingIpAddress });
  return new KPaasCluster(stack, "KPaas", {
    ...{ plan: lab({ controlPlane, exposure: extraNic(ingressIp) }), subnet, image, keyPair, floatingIp },
    administrators: [OFFICE],
    boot: () => CloudInit.ubuntu(),
  });
}

/** Three control plane nodes without public addresses, behind existing load balancers. */
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
  const cluster = new KPaasCluster(stack, "KPaas", {
    ...{ plan, subnet },
    image: new Image(stack, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04") }),
    keyPair: KeyPair.fromName(stack, "Operators", "ops"),
    administrators: [OFFICE],
    boot: () => CloudInit.ubuntu(),
  });
  return { stack, cluster, plan };
}

function names(stack: TerraformStack): readonly unknown[] {
  return resources(stack, ComputeInstanceV2).map((server) => server["name"]);
}

describe("KPaasCluster", () => {
  test("creates the five machines of the lab with the addresses of the plan (A3)", () => {
    const { stack, cluster, plan } = createCluster();
    expect(names(stack)).toHaveLength(5);
    expect(cluster.machines.map(({ name, fixedAddress }) => [name, fixedAddress])).toEqual(
      plan.machines.map(({ name, fixedAddress }) => [name, fixedAddress]),
    );
    expect(new Set(cluster.machines.map(({ flavor }) => flavor))).toEqual(new Set(["r2.c2m8"]));
  });

  test("gives only the first control plane node a second interface for the ingress", () => {
    const { stack, cluster, plan } = createCluster();
    expect(
      cluster.installHost.ports.map(({ fixedAddress, floatingAddress }) => [fixedAddress, floatingAddress]),
    ).toEqual([
      ["192.168.7.10", plan.controlPlane.publicAddress],
      ["192.168.7.11", plan.exposure.publicAddress],
    ]);
    expect(resources(stack, NetworkingFloatingipAssociateV2)).toHaveLength(2);
    expect(resources(stack, NetworkingPortV2)).toHaveLength(6);
  });

  test("assigns the security groups of its role to each machine", () => {
    const { cluster } = createCluster();
    const groups = cluster.machines.map(({ securityGroups }) => securityGroups);
    const expected = (["control-plane", "worker", "worker", "worker", "nfs"] as const).map((role) =>
      cluster.firewall.groupsOf(role),
    );
    expect(groups).toEqual(expected);
    expect(cluster.installHost.ports.map(({ securityGroups }) => securityGroups)).toEqual([expected[0], expected[0]]);
  });

  test("assigns the ingress' additional security groups to the ingress interface only", () => {
    const { stack, subnet, floatingIp, ingressIp, image, keyPair } = labNetwork();
    const bastion = new SecurityGroup(stack, "Bastion", { description: "administrators" });
    const cluster = new KPaasCluster(stack, "KPaas", {
      ...{ subnet, image, keyPair, floatingIp, administrators: [bastion] },
      plan: lab({
        subnet,
        controlPlane: ControlPlane.single(first, { publicAddress: floatingIp.floatingIpAddress }),
        exposure: extraNic(ingressIp),
      }),
      ingress: { floatingIp: ingressIp, securityGroups: [bastion] },
      boot: () => CloudInit.ubuntu(),
    });
    const groups = cluster.firewall.groupsOf("control-plane");
    expect(cluster.installHost.ports.map(({ securityGroups }) => securityGroups)).toEqual([
      groups,
      [...groups, bastion],
    ]);
  });

  test("allows MetalLB's addresses on the ports of nodes only", () => {
    const ports = resources(createCluster().stack, NetworkingPortV2).filter((port) => "allowed_address_pairs" in port);
    expect(ports).toHaveLength(4);
    const pairs = range.blocks.map((block) => ({ ip_address: block.toString() }));
    for (const port of ports) expect(port["allowed_address_pairs"]).toEqual(pairs);
  });

  test("needs no floating IP for control plane nodes behind a load balancer", () => {
    const { stack, plan } = available(Etcd.stacked());
    expect(plan.controlPlane.publicAddress).toBe(first.fixedAddress);
    expect(resources(stack, NetworkingFloatingipAssociateV2)).toEqual([]);
  });

  test("opens only the ingress and node ports to clients", () => {
    const open = (props: Partial<KPaasClusterProps>) =>
      resources(createCluster({}, props).stack, NetworkingSecgroupRuleV2).filter(
        (rule) => rule["direction"] === "ingress" && rule["remote_ip_prefix"] === "0.0.0.0/0",
      );
    expect(open({})).toEqual([]);
    expect(open({ clients: [Peer.anyIpv4()] })).toHaveLength(3);
  });

  test("renders the first boot of each machine", () => {
    const { stack } = createCluster();
    const texts = resources(stack, ComputeInstanceV2).map((server) => String(server["user_data"]));
    for (const line of ["lab-cluster1 is a control-plane", "lab-cluster4 is a worker", "lab-nfs is a nfs"])
      expect(texts.filter((text) => text.includes(line))).toHaveLength(1);
  });

  test("has one data source per flavor", () => {
    const large = NodePool.of("large", [machine("lab-large1", 60, { flavor: "m2.c8m16" })]);
    expect(resources(createCluster({ workers: [workers, large] }).stack, DataOpenstackComputeFlavorV2)).toHaveLength(2);
  });

  test("keeps all Terraform addresses when a worker is added", () => {
    const addresses = (stack: TerraformStack) =>
      [ComputeInstanceV2, NetworkingPortV2].flatMap((kind) => resources(stack, kind).map(({ address }) => address));
    const more = NodePool.of("more", [machine("lab-cluster9", 29)]);
    const [before, after] = [
      addresses(createCluster().stack),
      addresses(createCluster({ workers: [workers, more] }).stack),
    ];
    expect(after).toEqual(expect.arrayContaining([...before]));
    expect(after).toHaveLength(before.length + 2);
  });

  test("gives empty volumes to workers of Ceph only", () => {
    const { stack } = createCluster({ workers: [ceph], storage: KPaasStorage.rookCeph({ on: ceph }) });
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

  test("uses the given root disks and zone", () => {
    const { stack } = createCluster({}, { rootDisks: { nfs: { size: Size.gibibytes(200) } }, zone: "kr-pub-a" });
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

  test("places members of etcd on different hosts", () => {
    expect(resources(createCluster().stack, ComputeServergroupV2)).toHaveLength(0);
    expect(resources(available(Etcd.stacked()).stack, ComputeServergroupV2)).toHaveLength(1);
    const { stack } = available(Etcd.external(etcds));
    expect(resources(stack, ComputeServergroupV2)).toHaveLength(2);
    const placed = resources(stack, ComputeInstanceV2).filter((server) => server["scheduler_hints"] !== undefined);
    expect(placed.map((server) => server["name"]).sort()).toEqual(
      [...masters, ...etcds].map(({ name }) => name).sort(),
    );
  });

  test("has no dependency cycle, although the install host's user data contains floating IPs", () => {
    const { stack, cluster } = createCluster({}, { clients: [Peer.anyIpv4()] });
    const userData = resources(stack, ComputeInstanceV2).find((server) => server["name"] === "lab-cluster1")?.[
      "user_data"
    ];
    expect(userData).toContain("MASTER1_NODE_PUBLIC_IP=${openstack_networking_floatingip_v2.ApiAddress");
    expect(graphOf(stack).cycle).toBeUndefined();
    expect(cluster.node.defaultChild).toBe(cluster.installHost);
  });

  test("starts machines after their egress exists, and destroys them first", () => {
    const graph = graphOf(createCluster().stack);
    expect(graph.touches("openstack_compute_instance_v2", "openstack_networking_floatingip_associate_v2")).toBe(true);
    expect(graph.touches("openstack_networking_floatingip_associate_v2", "openstack_compute_instance_v2")).toBe(false);
    expect(graph.needs("openstack_compute_instance_v2", "openstack_networking_router_interface_v2")).toBe(true);
  });
});

describe("KPaasCluster on NHN Cloud", () => {
  test("is in the private subnet, with the ingress interface in the public one and one floating IP for both", () => {
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
    const cluster = new KPaasCluster(stack, "KPaas", {
      ...{ plan, subnet: privateSubnet },
      image: new Image(stack, "Ubuntu", { name: ImageName.newest("Ubuntu Server 22.04"), cloud: privateSubnet.cloud }),
      keyPair: KeyPair.fromName(stack, "Operators", "ops"),
      administrators: [bastion],
      clients: [Peer.anyIpv4()],
      ingress: { floatingIp, subnet: publicSubnet },
      boot: () => CloudInit.ubuntu(),
    });
    expect(
      cluster.installHost.ports.map(({ fixedAddress, floatingAddress }) => [fixedAddress, floatingAddress]),
    ).toEqual([
      ["192.168.7.10", undefined],
      ["192.168.16.11", floatingIp.floatingIpAddress],
    ]);
    expect(plan.hostDomain).toBe(`${floatingIp.floatingIpAddress}.nip.io`);
    expect(graphOf(stack).cycle).toBeUndefined();
  });
});

describe("a cluster's machines", () => {
  test("are rejected in another subnet than the plan's", () => {
    const { stack } = labNetwork();
    const network = new Network(stack, "Other", { cidr: Cidr.parse("10.0.0.0/16") });
    const subnet = new Subnet(stack, "OtherSubnet", { network, cidr: Cidr.parse("10.0.0.0/24") });
    expect(() => createCluster({}, { subnet })).toViolate(
      KPS025,
      /subnet 10\.0\.0\.0\/24, the plan has 192\.168\.7\.0\/24/,
    );
  });

  test("are rejected with another floating IP than that of the plan", () => {
    const { stack } = labNetwork();
    const floatingIp = FloatingIp.fromAddress(stack, "Other", "203.0.113.99");
    expect(() => createCluster({}, { floatingIp })).toViolate(KPS025, /not the plan's/);
    expect(() => createCluster({}, { ingress: { floatingIp } })).toViolate(
      KPS025,
      /another floating IP for the ingress/,
    );
  });

  test("are rejected with an ingress interface that the plan does not have, and without one that it has", () => {
    const { stack } = labNetwork();
    const other = FloatingIp.fromAddress(stack, "Other", "203.0.113.20");
    const exposure = Exposure.loadBalancer({ serviceAddresses: range, address: "203.0.113.20" });
    expect(() => createCluster({ exposure })).not.toThrow();
    expect(() => createCluster({ exposure }, { ingress: { floatingIp: other } })).toViolate(KPS025, /remove ingress/);
    expect(() => withoutIngress()).toViolate(KPS025, /no interface for the ingress/);
  });
});
