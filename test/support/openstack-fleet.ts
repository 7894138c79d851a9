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
  /** What the names of the images begin with. */
  readonly image: string;
  readonly zone: string;
}

/** The lab as its owners built it by hand, as far as OpenStack has the words. */
export const LAB: FleetProps = { workers: 3, flavor: "r2.c2m8", image: "Ubuntu Server 22.04", zone: "kr-pub-a" };

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGroundworkGroundworkGroundworkGroundwork operators";

function network(stack: TerraformStack) {
  const internet = new ExternalNetwork(stack, "Internet");
  const whole = new Network(stack, "Network", { cidr: Cidr.parse("172.31.0.0/16") });
  const open = new Subnet(stack, "Public", { network: whole, cidr: Cidr.parse("172.31.16.0/20"), floatingIps: true });
  const shut = new Subnet(stack, "Private", { network: whole, cidr: Cidr.parse("172.31.0.0/20") });
  const router = new Router(stack, "Router", { external: internet, subnets: [open, shut] });
  return { internet, whole, open, shut, router };
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

/** One control plane with a second interface for the world, workers, and an NFS server, all planned. */
export function fleet(stack: TerraformStack, props: FleetProps = LAB) {
  const { internet, open, shut, router } = network(stack);
  const { edge, node } = groups(stack);
  const outside = new HostPlan({ subnet: open.cidr, ranges: { "control-plane": { first: 10, hosts: 5 } } });
  const inside = new HostPlan({
    subnet: shut.cidr,
    ranges: {
      "control-plane": { first: 10, hosts: 5 },
      worker: { first: 20, hosts: 20 },
      nfs: { first: 40, hosts: 1 },
    },
  });
  const pods = Cidr.parse("10.233.64.0/18");
  const shared = {
    flavor: new Flavor(stack, "Flavor", { name: props.flavor }),
    image: new Image(stack, "Ubuntu", { name: ImageName.newest(props.image) }),
    keyPair: new KeyPair(stack, "Operators", { name: "operators", publicKey }),
    zone: props.zone,
    rootDisk: { size: Size.gibibytes(50) },
    boot: CloudInit.ubuntu().with(Packages.of("nfs-common"), Files.text("/etc/motd", "home is ${HOME}\n")),
  };
  const controlPlane = new Instance(stack, "control-plane-1", {
    ...shared,
    name: "lab-control-plane-1",
    nics: [
      Nic.in(shut, {
        fixedAddress: inside.address("control-plane", 1),
        securityGroups: [node],
        allowedAddresses: [pods],
      }),
      Nic.in(open, {
        fixedAddress: outside.address("control-plane", 1),
        securityGroups: [edge],
        floatingIp: new FloatingIp(stack, "Address", { external: internet, description: "control plane" }),
      }),
    ],
  });
  const serverGroup = new ServerGroup(stack, "Workers");
  const workers = Array.from({ length: props.workers }, (_, index) => {
    const nics = [Nic.in(shut, { fixedAddress: inside.address("worker", index + 1) })] as const;
    return new Instance(stack, `worker-${index + 1}`, { ...shared, serverGroup, securityGroups: [node], nics });
  });
  const nfs = new Instance(stack, "nfs", {
    ...shared,
    securityGroups: [node],
    dataDisks: [{ size: Size.gibibytes(100) }],
    nics: [Nic.in(shut, { fixedAddress: inside.address("nfs", 1) })],
  });
  router.addRoute("pods", pods, controlPlane.fixedAddress);
  new ProjectQuota(stack, "Quota", { machines: props.workers + 2, floatingIps: 1 });
  return { controlPlane, workers, nfs, open, shut, router, node };
}
