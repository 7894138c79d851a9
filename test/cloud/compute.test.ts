import { join } from "node:path";
import type { AwsProviderEndpoints } from "@cdktf/provider-aws/lib/provider";
import {
  Action,
  ApplicationLoadBalancer,
  BackupPlan,
  BackupRule,
  BackupSelection,
  BootScript,
  Certificate,
  DataDisk,
  Disk,
  FileSystem,
  Fleet,
  FleetSize,
  HealthCheck,
  HostedZone,
  Image,
  Instance,
  LogBucket,
  Network,
  NetworkLoadBalancer,
  PublicAddress,
  Purchase,
  Region,
  ScalingPolicy,
  Schedule,
  Scheme,
  SecurityGroup,
  ServiceDomain,
  TargetGroup,
  Tier,
} from "@groundwork/constructs/aws";
import { CloudInit, Steps } from "@groundwork/constructs/boot";
import { Cidr, Duration, Peer, Port, Size } from "@groundwork/constructs/core";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { ensurePython } from "@groundwork/tooling/python";
import { createBackend } from "@groundwork/stacks/backend";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { local } from "@groundwork/stacks/environments/local";
import { createAwsProvider } from "@groundwork/stacks/providers/aws";
import { App, TerraformStack } from "cdktf";
import { LocalCloud } from "./support/local-cloud";
import { expectApplied, expectDestroyed } from "./support/round-trip";

const REGION = Region.of("ap-northeast-2");

/** A stack with a network of one public tier in two zones, and the resources of `add` in it. */
function synthesize(
  directory: string,
  id: string,
  add: (stack: TerraformStack, network: Network) => void,
): SynthesizedStack {
  const outdir = join(directory, `${id}.out`);
  const app = new App({ outdir });
  const stack = new TerraformStack(app, id);
  const environment = readEnvironment("local.ts", local);
  createBackend(stack, environment);
  const provider = createAwsProvider(stack, environment, REGION);
  // The services of storage, which the project's own stacks do not use.
  const [endpoints] = provider.endpointsInput as readonly AwsProviderEndpoints[];
  const { ec2 } = endpoints ?? {};
  if (ec2 === undefined) throw new Error("no endpoint of the local cloud");
  provider.endpoints = [{ ...endpoints, backup: ec2, efs: ec2 }];
  add(
    stack,
    new Network(stack, "Network", {
      cidr: Cidr.parse("10.60.0.0/16"),
      zones: REGION.zones(2),
      tiers: [Tier.public()],
    }),
  );
  app.synth();
  return new SynthesizedStack(id, join(outdir, "stacks", id));
}

function addInstances(stack: TerraformStack, network: Network): void {
  const [subnet] = network.subnetsOf("public");
  if (subnet === undefined) throw new Error("a network without subnets");
  const location = { network, subnet };
  // moto adds the groups of the machine to each attached interface, so both have the same group here.
  const group = new SecurityGroup(stack, "Group", { network, description: "web" });
  const web = new Instance(stack, "Web", {
    ...location,
    instanceType: "t4g.small",
    image: Image.ubuntu("24.04"),
    boot: CloudInit.ubuntu().with(Steps.run("web", "true")),
    rootDisk: Disk.gp3({ size: Size.gibibytes(30) }),
    securityGroups: [group],
    dataDisks: {
      data: DataDisk.disposable(Disk.gp3({ size: Size.gibibytes(100), iops: 4_000, throughput: 250 }), {
        mount: "/srv/data",
        device: "f",
      }),
      logs: DataDisk.disposable(Disk.io2({ size: Size.gibibytes(10), iops: 500 }), { device: "g" }),
    },
    publicAddress: PublicAddress.elastic(),
    detailedMonitoring: true,
    tags: { Team: "web" },
  });
  web.connections.allowFrom(Peer.ipv4(network.cidr), Port.HTTP, "requests");
  web.addInterface("Storage", {
    subnet,
    securityGroups: [group],
    position: 1,
    addresses: [Cidr.parse(subnet.cidr).address(21)],
  });
  new Instance(stack, "Router", {
    ...location,
    instanceType: "t3.micro",
    boot: BootScript.of("#!/bin/bash\ntrue\n"),
    sessionManager: false,
    sourceDestinationCheck: false,
  });
}

function addFleet(stack: TerraformStack, network: Network): void {
  const accessLogs = new LogBucket(stack, "Logs", { forceDestroy: true });
  const targets = new TargetGroup(stack, "Targets", { network, port: 8080, healthCheck: HealthCheck.http("/health") });
  const balancer = new ApplicationLoadBalancer(stack, "Public", {
    network,
    accessLogs,
    scheme: Scheme.internetFacing(Peer.anyIpv4()),
  });
  const listener = balancer.addHttp({ action: Action.forward(targets) });
  listener.addRule("Health", { priority: 1, paths: ["/status"], action: Action.respond(200, "ok") });
  const database = new TargetGroup(stack, "Database", { network, port: 5432, protocol: "TCP" });
  new NetworkLoadBalancer(stack, "Private", { network, tier: "public" }).addListener({
    port: Port.tcp(5432),
    targetGroup: database,
  });
  new Fleet(stack, "Web", {
    network,
    subnets: network.subnetsOf("public"),
    instanceTypes: ["m7g.large", "m6g.large"],
    size: FleetSize.between(1, 3),
    purchase: Purchase.spot(),
    onDemandBase: 1,
    boot: BootScript.of("#!/bin/bash\ntrue\n"),
    targetGroups: [targets, database],
    scaling: [ScalingPolicy.cpu(60), ScalingPolicy.requestsPerMachine(targets, 1_000)],
    draining: Duration.minutes(1),
  });
  new Fleet(stack, "Batch", {
    network,
    subnets: network.subnetsOf("public"),
    instanceTypes: ["t3.micro"],
    size: FleetSize.fixed(1),
    schedules: { night: Schedule.cron("0 20 * * *", FleetSize.between(0, 2), { timeZone: "Asia/Seoul" }) },
    tags: { Team: "batch" },
  });
}

function addStorage(stack: TerraformStack, network: Network): void {
  const shared = new FileSystem(stack, "Shared", { network, tier: "public", forceDestroy: true, dailyBackups: false });
  const uploads = shared.addAccessPoint("Uploads", { path: "/uploads", user: { uid: 1000, gid: 1000 } });
  const [subnet] = network.subnetsOf("public");
  if (subnet === undefined) throw new Error("a network without subnets");
  const client = new Instance(stack, "Client", {
    network,
    subnet,
    instanceType: "t4g.small",
    boot: shared.mountIn(CloudInit.amazonLinux(), "/srv/uploads", uploads),
    dependsOn: shared.mountTargets,
  });
  shared.allowFrom(client, uploads);
  new BackupPlan(stack, "Backups", {
    rules: {
      daily: BackupRule.daily({ retention: Duration.days(35) }),
      monthly: BackupRule.monthly(1, { retention: Duration.days(365), coldAfter: Duration.days(30) }),
    },
    selections: {
      tagged: BackupSelection.tagged({ Backup: "daily" }),
      files: BackupSelection.of(shared.fileSystemArn),
    },
    forceDestroy: true,
  });
}

function addDomain(stack: TerraformStack, network: Network): void {
  const zone = new HostedZone(stack, "Zone", { name: "shop.example.com" });
  const internal = new HostedZone(stack, "Internal", { name: "internal.example.com", networks: [network] });
  const certificate = new Certificate(stack, "Certificate", {
    names: ["shop.example.com", "*.shop.example.com"],
    zone,
  });
  const targets = new TargetGroup(stack, "Targets", { network, port: 8080, healthCheck: HealthCheck.http("/health") });
  const balancer = new ApplicationLoadBalancer(stack, "Public", {
    network,
    accessLogs: new LogBucket(stack, "Logs", { forceDestroy: true }),
    scheme: Scheme.internetFacing(Peer.anyIpv4()),
  });
  balancer.addHttps({ certificates: [certificate], action: Action.forward(targets) });
  zone.addAlias("shop.example.com", balancer);
  zone.addAlias("*.shop.example.com", balancer);
  internal.addAlias("web.internal.example.com", balancer);
  // The host name of a load balancer that a controller in a cluster has created.
  new ServiceDomain(stack, "Services", { names: ["api.shop.example.com"], zone, region: REGION }).addRecords(
    balancer.dnsName,
  );
}

describe("machines on the local cloud", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    await ensurePython(() => undefined);
    cloud = await LocalCloud.start();
  });
  afterAll(async () => {
    await (cloud as LocalCloud | undefined)?.stop();
  });

  test("instances are applied, planned again without changes and destroyed", async () => {
    const stack = synthesize(cloud.directory, "compute-instances", addInstances);
    await expectApplied(cloud, stack);
    await expectDestroyed(cloud, stack);
  });

  test("file systems and backups are applied, planned again without changes and destroyed", async () => {
    const stack = synthesize(cloud.directory, "compute-storage", addStorage);
    await expectApplied(cloud, stack);
    await expectDestroyed(cloud, stack);
  });

  test("hosted zones, certificates and records are applied, planned again without changes and destroyed", async () => {
    const stack = synthesize(cloud.directory, "compute-domain", addDomain);
    await expectApplied(cloud, stack);
    await expectDestroyed(cloud, stack);
  });

  test("fleets behind load balancers are applied, planned again without changes and destroyed", async () => {
    const stack = synthesize(cloud.directory, "compute-fleets", addFleet);
    await expectApplied(cloud, stack);
    await expectDestroyed(cloud, stack);
  });
});
