import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
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
import { ServerGroup } from "@groundwork/constructs/openstack/compute/server-group";
import { Volume } from "@groundwork/constructs/openstack/compute/volume";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Router } from "@groundwork/constructs/openstack/network/router";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";
import { type App, LocalBackend, TerraformStack } from "cdktf";
import { SAMPLE } from "./probe/compute";
import { Project } from "./support/project";
import { expectApplied, expectDestroyed } from "./support/round-trip";

/** What changes from one apply to the next. */
interface Variant {
  readonly flavor: string;
  readonly disk: number;
  readonly motd: string;
  /** The machine with the floating IP. */
  readonly public: "first" | "second";
  readonly targets: readonly ("first" | "second")[];
  /** Address pairs of the first machine. */
  readonly blocks: number;
}

const START: Variant = { flavor: "m1.c1m2", disk: 10, motd: "one", public: "first", targets: ["first"], blocks: 1 };

function createStack(app: App, { authUrl }: Project, variant: Variant): TerraformStack {
  const stack = new TerraformStack(app, "variants");
  new LocalBackend(stack, { path: "../../../variants.tfstate" });
  new OpenstackProvider(stack, "openstack", { authUrl, region: "RegionOne" });
  const internet = new ExternalNetwork(stack, "Internet");
  const network = new Network(stack, "Network", { cidr: Cidr.parse("172.31.0.0/16") });
  const subnet = new Subnet(stack, "Subnet", { network, cidr: Cidr.parse("172.31.16.0/20"), floatingIps: true });
  const router = new Router(stack, "Router", { external: internet, subnets: [subnet] });
  const group = new SecurityGroup(stack, "Web", { description: "web servers", allowAllOutbound: true });
  group.connections.allowFrom(Peer.anyIpv4(), Port.HTTP, "visitors");
  const floatingIp = new FloatingIp(stack, "Address", { external: internet });
  const shared = {
    flavor: new Flavor(stack, "Flavor", { name: variant.flavor }),
    image: new Image(stack, "Ubuntu", { name: ImageName.newest("ubuntu-22.04") }),
    keyPair: new KeyPair(stack, "Operators", { name: "operators", publicKey: SAMPLE }),
    serverGroup: new ServerGroup(stack, "Apart"),
    boot: CloudInit.ubuntu().with(Files.text("/etc/motd", variant.motd)),
  };
  const pairs = Array.from({ length: variant.blocks }, (_, index) => Cidr.parse(`10.233.${index}.0/24`));
  const machine = (id: "first" | "second", address: string) =>
    new Instance(stack, id, {
      ...shared,
      securityGroups: [group],
      nics: [
        Nic.in(subnet, {
          fixedAddress: address,
          ...(id === "first" ? { allowedAddresses: pairs } : {}),
          ...(variant.public === id ? { floatingIp } : {}),
        }),
      ],
    });
  const machines = { first: machine("first", "172.31.16.10"), second: machine("second", "172.31.16.11") };
  router.addRoute("pods", Cidr.parse("10.233.64.0/18"), machines.first.fixedAddress);
  new Volume(stack, "Data", { size: Size.gibibytes(variant.disk), machine: machines.second, isProtected: false });
  const targets = variant.targets.map((name) => machines[name]);
  const [target, ...others] = targets;
  if (target === undefined) throw new Error("no target");
  new LoadBalancer(stack, "Balancer", { subnet }).addListener("web", { port: 80, targets: [target, ...others] });
  return stack;
}

describe("changes of a running stack on a real OpenStack, in a project with the quotas of a new one", () => {
  let project: Project;
  const terraformOf = async (changes: Partial<Variant>) =>
    project.synthesize((app) => createStack(app, project, { ...START, ...changes }));
  const deleted = (done: readonly { action: string; type: string }[]) =>
    done.filter(({ action }) => action === "delete").map(({ type }) => type);

  beforeAll(async () => {
    project = await Project.create({ name: "variants", loadBalancers: true });
  });

  afterAll(() => {
    project.close();
  });

  test("creates machines, a volume, a floating IP and a load balancer", async () => {
    await expectApplied((await terraformOf({})).terraform);
    const volumes = await project.api.list<{ size: number; status: string }>("volumev3", "/volumes/detail");
    expect(volumes.map(({ size, status }) => [size, status])).toContainEqual([10, "in-use"]);
  });

  test("grows an attached volume in place", async () => {
    const { done } = await expectApplied((await terraformOf({ disk: 20 })).terraform);
    expect(done.map(({ type, action }) => [type, action])).toEqual([["openstack_blockstorage_volume_v3", "update"]]);
    const volumes = await project.api.list<{ size: number; status: string }>("volumev3", "/volumes/detail");
    expect(volumes.map(({ size, status }) => [size, status])).toContainEqual([20, "in-use"]);
  });

  test("moves the floating IP to the other machine", async () => {
    await expectApplied((await terraformOf({ disk: 20, public: "second" })).terraform);
    const addresses = await project.api.list<{ fixed_ip_address: string | null }>("network", "/v2.0/floatingips");
    expect(addresses.map(({ fixed_ip_address: address }) => address)).toEqual(["172.31.16.11"]);
  });

  test("accepts ten address pairs and another target without replacing a machine", async () => {
    const changes = { disk: 20, public: "second", blocks: 10, targets: ["first", "second"] } as const;
    const { done } = await expectApplied((await terraformOf(changes)).terraform);
    expect(deleted(done)).toEqual([]);
  });

  test("changes the flavor in place, and replaces machines whose first boot changes", async () => {
    const changes = {
      disk: 20,
      public: "second",
      blocks: 10,
      targets: ["first", "second"],
      flavor: "m1.c2m8",
    } as const;
    const resized = await expectApplied((await terraformOf(changes)).terraform);
    expect(deleted(resized.done)).toEqual([]);
    const replaced = await expectApplied((await terraformOf({ ...changes, motd: "two" })).terraform);
    expect(deleted(replaced.done).filter((type) => type === "openstack_compute_instance_v2")).toHaveLength(2);
    const volumes = await project.api.list<{ size: number; status: string }>("volumev3", "/volumes/detail");
    expect(volumes.map(({ size, status }) => [size, status])).toContainEqual([20, "in-use"]);
  });

  test("is destroyed completely", async () => {
    const { terraform, types } = await terraformOf({});
    await expectDestroyed(project, terraform, "variants-openstack", types);
  });
});
