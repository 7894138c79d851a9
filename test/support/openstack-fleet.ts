import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Packages } from "@groundwork/constructs/boot/parts/packages";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { Flavor } from "@groundwork/constructs/openstack/compute/flavor";
import { Image } from "@groundwork/constructs/openstack/compute/image";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { ProjectQuota } from "@groundwork/constructs/openstack/project-quota";
import { ServerGroup } from "@groundwork/constructs/openstack/compute/server-group";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { HostPlan } from "@groundwork/constructs/openstack/network/host-plan";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Router } from "@groundwork/constructs/openstack/network/router";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import type { TerraformStack } from "cdktf";

export interface FleetProps {
  readonly workers: number;
  readonly flavor: string;
  /** Prefix of the image names. */
  readonly image: string;
  readonly zone: string;
}

/** The manually built lab, as far as OpenStack supports it. */
export const LAB: FleetProps = { workers: 3, flavor: "r2.c2m8", image: "Ubuntu Server 22.04", zone: "kr-pub-a" };

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdyb3VuZHdvcmsgc2FtcGxlIGtleSwgbm8gc2VjcmV0 operators";

function networkOf(stack: TerraformStack) {
  const internet = new ExternalNetwork(stack, "Internet");
  const network = new Network(stack, "Network", { cidr: Cidr.parse("172.31.0.0/16") });
  const publicSubnet = new Subnet(stack, "Public", { network, cidr: Cidr.parse("172.31.16.0/20"), floatingIps: true });
  const privateSubnet = new Subnet(stack, "Private", { network, cidr: Cidr.parse("172.31.0.0/20") });
  const router = new Router(stack, "Router", { external: internet, subnets: [publicSubnet, privateSubnet] });
  return { internet, publicSubnet, privateSubnet, router };
}

function groups(stack: TerraformStack) {
  const edge = new SecurityGroup(stack, "Edge", { description: "external traffic of the control plane" });
  edge.connections.allowFrom(Peer.anyIpv4(), Port.tcp(30087), "sample workload");
  edge.connections.allowFrom(Peer.ipv4("203.0.113.0/24"), Port.SSH, "administrators");
  const node = new SecurityGroup(stack, "Node", { description: "nodes" });
  node.connections.allowWithin(Port.ALL, "nodes among themselves");
  node.connections.allowTo(Peer.anyIpv4(), Port.ALL, "packages and images");
  return { edge, node };
}

/** Planned addresses of the fleet in both subnets. */
function hostPlans(publicSubnet: Subnet, privateSubnet: Subnet) {
  return {
    publicHosts: new HostPlan({ subnet: publicSubnet.cidr, ranges: { "control-plane": { first: 10, hosts: 5 } } }),
    privateHosts: new HostPlan({
      subnet: privateSubnet.cidr,
      ranges: {
        "control-plane": { first: 10, hosts: 5 },
        worker: { first: 20, hosts: 20 },
        nfs: { first: 40, hosts: 1 },
      },
    }),
  };
}

/** Props that all machines share. */
function machineProps(stack: TerraformStack, props: FleetProps) {
  return {
    flavor: new Flavor(stack, "Flavor", { name: props.flavor }),
    image: new Image(stack, "Ubuntu", { name: ImageName.newest(props.image) }),
    keyPair: new KeyPair(stack, "Operators", { name: "operators", publicKey }),
    zone: props.zone,
    rootDisk: { size: Size.gibibytes(50) },
    boot: CloudInit.ubuntu().with(Packages.of("nfs-common"), Files.text("/etc/motd", "home is ${HOME}\n")),
  };
}

/** A control plane with a second, public interface, workers, and an NFS server, all with planned addresses. */
export function fleet(stack: TerraformStack, props: FleetProps = LAB) {
  const { internet, publicSubnet, privateSubnet, router } = networkOf(stack);
  const { edge, node } = groups(stack);
  const { publicHosts, privateHosts } = hostPlans(publicSubnet, privateSubnet);
  const pods = Cidr.parse("10.233.64.0/18");
  const shared = machineProps(stack, props);
  const controlPlane = new Instance(stack, "control-plane-1", {
    ...shared,
    name: "lab-control-plane-1",
    nics: [
      Nic.in(privateSubnet, {
        fixedAddress: privateHosts.address("control-plane", 1),
        securityGroups: [node],
        allowedAddresses: [pods],
      }),
      Nic.in(publicSubnet, {
        fixedAddress: publicHosts.address("control-plane", 1),
        securityGroups: [edge],
        floatingIp: new FloatingIp(stack, "Address", { external: internet, description: "control plane" }),
      }),
    ],
  });
  const serverGroup = new ServerGroup(stack, "Workers");
  const workers = Array.from({ length: props.workers }, (_, index) => {
    const nics = [Nic.in(privateSubnet, { fixedAddress: privateHosts.address("worker", index + 1) })] as const;
    return new Instance(stack, `worker-${index + 1}`, { ...shared, serverGroup, securityGroups: [node], nics });
  });
  const nfs = new Instance(stack, "nfs", {
    ...shared,
    securityGroups: [node],
    dataDisks: [{ size: Size.gibibytes(100) }],
    nics: [Nic.in(privateSubnet, { fixedAddress: privateHosts.address("nfs", 1) })],
  });
  router.addRoute("pods", pods, controlPlane.fixedAddress);
  new ProjectQuota(stack, "Quota", { machines: props.workers + 2, floatingIps: 1 });
  return { controlPlane, workers, nfs, privateSubnet, router };
}
