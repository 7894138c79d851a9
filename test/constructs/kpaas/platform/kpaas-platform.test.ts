import { ComputeInstanceV2 } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import { LbListenerV2 } from "@groundwork/provider-openstack/lib/lb-listener-v2";
import { NetworkingFloatingipV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { AddressRange } from "@groundwork/constructs/kpaas/plan/address-range";
import { KPaasPlatform, type KPaasPlatformProps } from "@groundwork/constructs/kpaas/platform/kpaas-platform";
import { PlatformControlPlane } from "@groundwork/constructs/kpaas/platform/platform-control-plane";
import { KPS001, KPS006, KPS013 } from "@groundwork/constructs/kpaas/rules";
import { ImageName } from "@groundwork/constructs/openstack/compute/image-name";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { TwoTierNetwork } from "@groundwork/constructs/openstack/network/two-tier-network";
import { resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { openstackStack } from "../../../support/openstack";

const single = PlatformControlPlane.single({ clients: [Peer.anyIpv4()] });
const available = PlatformControlPlane.highlyAvailable({
  nodes: 3,
  apiAddress: "192.168.7.5",
  bastionFlavor: "m1.small",
});

function createPlatform(changes: Partial<KPaasPlatformProps> = {}) {
  const stack = openstackStack();
  const network = new TwoTierNetwork(stack, "Network", {
    external: new ExternalNetwork(stack, "Internet"),
    cidr: Cidr.parse("192.168.0.0/16"),
    publicCidr: Cidr.parse("192.168.8.0/24"),
    privateCidr: Cidr.parse("192.168.7.0/24"),
    administrators: [Peer.ipv4("203.0.113.0/24")],
    automaticAddresses: Cidr.parse("192.168.7.192/26"),
  });
  const platform = new KPaasPlatform(stack, "Platform", {
    network,
    prefix: "lab",
    cloud: "openstack",
    image: ImageName.newest("Ubuntu Server 22.04"),
    flavor: "m1.large",
    keyPair: {
      publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGrShLJ3Z9tQ9kz0iJ2fZpbXbZ6bTtEJ1WqFQw5T1d5h operators",
    },
    controlPlane: single,
    workers: 3,
    serviceAddresses: AddressRange.parse("192.168.7.150-192.168.7.160"),
    ...changes,
  });
  return { stack, platform };
}

/** User data of a machine. */
function userData({ stack }: ReturnType<typeof createPlatform>, name: string): string {
  return String(resources(stack, ComputeInstanceV2).find((machine) => machine["name"] === name)?.["user_data"]);
}

describe("KPaasPlatform", () => {
  test("creates control plane, workers and NFS server with one floating IP for a single control plane node", () => {
    const { stack, platform } = createPlatform();
    expect(platform.cluster.machines.map(({ name, fixedAddress }) => `${name} ${fixedAddress}`)).toEqual([
      "lab-cluster1 192.168.7.10",
      "lab-worker1 192.168.7.20",
      "lab-worker2 192.168.7.21",
      "lab-worker3 192.168.7.22",
      "lab-nfs1 192.168.7.19",
    ]);
    expect(resources(stack, NetworkingFloatingipV2)).toHaveLength(1);
    expect(platform.bastionAddress).toBe(platform.plan.controlPlane.publicAddress);
    expect(platform.installHostAddress).toBe("192.168.7.10");
  });

  test("creates load balancers and a bastion host for several control plane nodes", () => {
    const { stack, platform } = createPlatform({ controlPlane: available });
    const names = resources(stack, ComputeInstanceV2).map((machine) => machine["name"]);
    expect(names).toEqual(expect.arrayContaining(["lab-bastion1", "lab-cluster1", "lab-cluster2", "lab-cluster3"]));
    expect(resources(stack, LbListenerV2).map((listener) => listener["protocol_port"])).toEqual([6443, 80, 443]);
    expect(platform.plan.apiServer).toBe("https://192.168.7.5:6443");
    expect(graphOf(stack).cycle).toBeUndefined();
  });

  test("keeps the names and addresses of all machines when workers are added", () => {
    const addresses = (workers: number) =>
      createPlatform({ workers }).platform.cluster.machines.map(({ name, fixedAddress }) => `${name} ${fixedAddress}`);
    expect(addresses(5)).toEqual(expect.arrayContaining([...addresses(3)]));
  });

  test("installs the sample workload and the pipeline only if they are requested", () => {
    const sampleWorkload = { name: "nginx", nodePort: 30087 };
    const controlPlane = PlatformControlPlane.single({ clients: [Peer.anyIpv4()], sampleWorkload });
    expect(userData(createPlatform({ controlPlane, pipeline: true }), "lab-cluster1")).toMatch(
      /phases\/workload[^]*phases\/pipeline/,
    );
    expect(userData(createPlatform(), "lab-cluster1")).not.toMatch(/phases\/(workload|pipeline)/);
  });

  test("uses separate root disks for nodes and the NFS server", () => {
    const { stack } = createPlatform({
      rootDisk: { size: Size.gibibytes(50) },
      nfsDisk: { size: Size.gibibytes(200) },
    });
    const sizes = resources(stack, ComputeInstanceV2).map((machine) => [
      machine["name"],
      (machine["block_device"] as readonly { readonly volume_size: number }[])[0]?.volume_size,
    ]);
    expect(Object.fromEntries(sizes)).toMatchObject({ "lab-cluster1": 50, "lab-worker3": 50, "lab-nfs1": 200 });
  });

  test("lists the ports that a network ACL has to allow", () => {
    const ports = ({ ports: { publicPorts, privatePorts } }: PlatformControlPlane) =>
      [publicPorts, privatePorts].map((list) => list.map(String));
    const sampleWorkload = { nodePort: 30087 };
    const web = [Port.HTTP, Port.HTTPS].map(String);
    expect(ports(single)).toEqual([web, []]);
    expect(ports(PlatformControlPlane.single({ clients: [], sampleWorkload }))).toEqual([[...web, "tcp 30087"], []]);
    expect(ports(available)).toEqual([web, ["tcp 31080", "tcp 31443"]]);
  });

  test("rejects too few workers, an even number of control plane nodes, and service addresses in use", () => {
    expect(() => createPlatform({ workers: 2 })).toViolate(KPS006, /2 workers/);
    const two = PlatformControlPlane.highlyAvailable({
      nodes: 2,
      apiAddress: "192.168.7.5",
      bastionFlavor: "m1.small",
    });
    expect(() => createPlatform({ controlPlane: two })).toViolate(KPS001, /2 control plane nodes/);
    const serviceAddresses = AddressRange.parse("192.168.7.20-192.168.7.30");
    expect(() => createPlatform({ serviceAddresses })).toViolate(KPS013, /worker "lab-worker1"/);
  });
});
