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
import { startEmulator } from "./support/emulator";
import { Project } from "./support/project";
import { differences, Recorder } from "./support/recorder";
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

function createStack(app: App, { authUrl }: Project, recorder: Recorder, variant: Variant): TerraformStack {
  const stack = new TerraformStack(app, "variants");
  new LocalBackend(stack, { path: "../../../variants.tfstate" });
  new OpenstackProvider(stack, "openstack", { authUrl, region: "RegionOne", endpointOverrides: recorder.endpoints });
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
    boot: CloudInit.ubuntu().with(Files.text("/etc/motd", variant.motd)),
  };
  const serverGroup = new ServerGroup(stack, "Apart");
  const pairs = Array.from({ length: variant.blocks }, (_, index) => Cidr.parse(`10.233.${index}.0/24`));
  const machine = (id: "first" | "second", address: string) =>
    new Instance(stack, id, {
      ...shared,
      // Both in one group could not be resized at once: on three hosts only one is left.
      ...(id === "first" ? { serverGroup } : {}),
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

/** The changes in order, each in addition to the one before. */
const GROWN = { disk: 20 } as const;
const MOVED = { ...GROWN, public: "second" } as const;
const WIDENED = { ...MOVED, blocks: 10, targets: ["first", "second"] } as const;
const RESIZED = { ...WIDENED, flavor: "m1.c2m8" } as const;
const REPLACED = { ...RESIZED, motd: "two" } as const;

/** A project and the requests that the provider sends to it. */
async function recordedProject(project: Project) {
  const recorder = await Recorder.start(project.api);
  const terraformOf = (changes: Partial<Variant>) =>
    project.synthesize((app) => createStack(app, project, recorder, { ...START, ...changes }));
  return { project, recorder, terraformOf };
}

type RecordedProject = Awaited<ReturnType<typeof recordedProject>>;

/**
 * Moves the floating IP. The old connection and the new one are independent resources: if Terraform removes the old one last, the
 * address is disconnected until the next apply.
 */
async function move({ terraformOf }: RecordedProject): Promise<void> {
  const { terraform } = await terraformOf(MOVED);
  expect((await terraform.apply()).errors).toEqual([]);
  await expectApplied(terraform);
}

const deleted = (done: readonly { action: string; type: string }[]) =>
  done.filter(({ action }) => action === "delete").map(({ type }) => type);

describe("changes of a running stack on a real OpenStack, in a project with the quotas of a new one", () => {
  let real: RecordedProject;

  beforeAll(async () => {
    real = await recordedProject(await Project.create({ name: "variants", loadBalancers: true }));
  });

  afterAll(() => {
    real.recorder.close();
    real.project.close();
  });

  const apply = async (changes: Partial<Variant>) => expectApplied((await real.terraformOf(changes)).terraform);
  const volumes = async () => {
    const found = await real.project.api.list<{ size: number; status: string }>("volumev3", "/volumes/detail");
    return found.map(({ size, status }) => [size, status]);
  };

  test("creates machines, a volume, a floating IP and a load balancer", async () => {
    await apply({});
    expect(await volumes()).toContainEqual([10, "in-use"]);
  });

  test("grows an attached volume in place", async () => {
    const { done } = await apply(GROWN);
    const changes = done.filter(({ address }) => !address.startsWith("data."));
    expect(changes.map(({ type, action }) => [type, action])).toEqual([["openstack_blockstorage_volume_v3", "update"]]);
    expect(await volumes()).toContainEqual([20, "in-use"]);
  });

  test("moves the floating IP to the other machine, with the second apply at the latest", async () => {
    await move(real);
    const addresses = await real.project.api.list<{ fixed_ip_address: string | null }>("network", "/v2.0/floatingips");
    expect(addresses.map(({ fixed_ip_address: address }) => address)).toEqual(["172.31.16.11"]);
  });

  test("accepts ten address pairs and another target without replacing a machine", async () => {
    expect(deleted((await apply(WIDENED)).done)).toEqual([]);
  });

  test("changes the flavor in place, and replaces machines whose first boot changes", async () => {
    expect(deleted((await apply(RESIZED)).done)).toEqual([]);
    const { done } = await apply(REPLACED);
    expect(deleted(done).filter((type) => type === "openstack_compute_instance_v2")).toHaveLength(2);
    expect(await volumes()).toContainEqual([20, "in-use"]);
  });

  test("is destroyed completely", async () => {
    const { terraform, types } = await real.terraformOf(REPLACED);
    await expectDestroyed(real.project, terraform, "variants-openstack", types);
  });

  test("the emulator responds to the provider's requests as the real services do", async () => {
    const emulator = await startEmulator();
    const emulated = await recordedProject(await Project.connect(emulator.authUrl, emulator.credentials));
    const applyAll = async (variants: readonly Partial<Variant>[]) => {
      for (const changes of variants) await expectApplied((await emulated.terraformOf(changes)).terraform);
    };
    await applyAll([{}, GROWN]);
    await move(emulated);
    await applyAll([WIDENED, RESIZED, REPLACED]);
    const { terraform } = await emulated.terraformOf(REPLACED);
    expect((await terraform.destroy()).errors).toEqual([]);
    emulated.recorder.close();
    emulated.project.close();
    emulator.close();
    expect(differences(real.recorder.requests, emulated.recorder.requests)).toEqual([]);
    expect(real.recorder.requests.length).toBeGreaterThan(300);
  });
});
