import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Duration, Peer, Size } from "@groundwork/constructs/core";
import {
  Claim,
  ContainerLimits,
  Cpu,
  CronJob,
  CsiDriver,
  Health,
  Job,
  PodSecurity,
  Project,
  ProjectTraffic,
  Quota,
  Replicas,
  Resources,
  Rollout,
  Secrets,
  SecretSource,
  ServiceAccount,
  ServicePort,
  Settings,
  StorageClass,
  Subject,
  VolumeMount,
  VolumeType,
  WebService,
} from "@groundwork/constructs/kubernetes";
import { KubernetesApi } from "@groundwork/local/kubernetes/api";
import { accessTo } from "@groundwork/local/kubernetes/cluster";
import { downKubernetes, type LocalKubernetes, upKubernetes } from "@groundwork/local/kubernetes/local-kubernetes";
import { hasKubernetes } from "@groundwork/local/kubernetes/tools";
import { installSecretProviderClass } from "./support/secret-provider-class";
import { waitUntil } from "@groundwork/tooling/polling";
import { workDirectory } from "@groundwork/tooling/paths";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { Terraform } from "@groundwork/tooling/terraform/terraform";
import { recordVerified } from "@groundwork/tooling/verified/verified";
import { App, LocalBackend, TerraformStack } from "cdktf";

const RESOURCES = Resources.of({
  requests: { cpu: Cpu.millicores(50), memory: Size.mebibytes(64) },
  limits: { cpu: Cpu.millicores(100), memory: Size.mebibytes(128) },
});
const IMAGE = "registry.example.com/web:1.4.0";

function synthesize(outdir: string, size: Size): SynthesizedStack {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "pods");
  new LocalBackend(stack, { path: join(outdir, "terraform.tfstate") });
  new KubernetesProvider(stack, "kubernetes");
  const project = new Project(stack, "Shop", {
    name: "shop",
    quota: Quota.of({
      cpu: Cpu.cores(2),
      memory: Size.gibibytes(2),
      pods: 10,
      claims: 4,
      storage: Size.gibibytes(200),
    }),
    limits: ContainerLimits.of({ requests: { cpu: Cpu.millicores(50) }, limits: { memory: Size.mebibytes(256) } }),
    members: { edit: [Subject.group("shop-developers")], view: [Subject.serviceAccount("ci", "reader")] },
    traffic: ProjectTraffic.isolated({ namespaces: ["ingress-nginx"], blocks: [Peer.ipv4("10.0.0.0/16")] }),
  });
  const shop = { namespace: project.namespaceName, dependsOn: [project] };
  const driver = CsiDriver.existing();
  const classes = {
    disks: VolumeType.ebsGp3({ driver, iops: 4_000, zones: ["ap-northeast-2a"] }),
    shared: VolumeType.efs({ driver, fileSystem: { fileSystemId: "fs-0123456789abcdef0" } }),
    nfs: VolumeType.nfs(),
  };
  // The same claim for each class.
  const [disk, shared, nfs] = Object.entries(classes).map(([name, volumes]) => {
    const storageClass = new StorageClass(stack, `class-${name}`, { name, volumes });
    return new Claim(stack, `claim-${name}`, { ...shop, name, storageClass, size, forceDestroy: true });
  });
  const account = new ServiceAccount(stack, "Account", { ...shop, name: "web", pullSecrets: ["registry"] });
  const settings = new Settings(stack, "Settings", { ...shop, name: "web", values: { LOG_LEVEL: "info" } });
  const secrets = new Secrets(stack, "Secrets", {
    ...shop,
    name: "web",
    source: SecretSource.secretsManager({
      values: { DB_PASSWORD: { secret: "shop/db", key: "password" }, TOKEN: "shop/token" },
      region: "ap-northeast-2",
    }),
  });
  const pods = { ...shop, image: IMAGE, resources: RESOURCES, serviceAccount: account.accountName };
  const base = { ...pods, dependsOn: [project, account] };
  if (disk === undefined || shared === undefined || nfs === undefined) throw new Error("no claims");
  // Pods with claims stay pending, because no driver creates the volumes here.
  new CronJob(stack, "Report", {
    ...base,
    name: "report",
    schedule: "0 3 * * MON-FRI",
    timeZone: "Asia/Seoul",
    startWithin: Duration.minutes(10),
    settings,
    volumes: {
      "/data": VolumeMount.claim(disk),
      "/shared": VolumeMount.claim(shared, { readOnly: true, subPath: "a" }),
    },
  });
  const migration = new Job(stack, "Migration", { ...base, name: "migration", args: ["migrate"], settings });
  new WebService(stack, "Web", {
    ...base,
    name: "web",
    port: ServicePort.of({ service: 80, container: 8080 }),
    replicas: Replicas.fixed(2),
    health: Health.at("/healthz"),
    security: PodSecurity.nonRoot({ user: 10_001, writable: ["/tmp"] }),
    rollout: Rollout.rolling({ maxUnavailable: 0 }),
    settings,
    secrets,
    volumes: { "/etc/web": VolumeMount.settings(settings), "/cache": VolumeMount.scratch({ size: Size.gibibytes(1) }) },
    pullSecrets: ["registry"],
    dependsOn: [project, account, migration],
  });
  app.synth();
  return new SynthesizedStack("pods", join(outdir, "stacks/pods"));
}

/** Without its programs there is no API server; in CI that is an error, since a skip would look like a success. */
const describeWithKubernetes = !hasKubernetes() && process.env["CI"] !== "true" ? describe.skip : describe;

describeWithKubernetes("storage, settings, secrets, jobs and projects on a real Kubernetes API", () => {
  let directory: string;
  let local: LocalKubernetes;
  let api: KubernetesApi;
  let terraform: Terraform;
  let stack: SynthesizedStack;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-pods-"));
    const started = await upKubernetes(join(directory, "cluster"), { log: console.log });
    if (started === undefined) throw new Error("Go is missing");
    local = started;
    api = new KubernetesApi(accessTo(local.cluster));
    await installSecretProviderClass(api);
    stack = synthesize(join(directory, "out"), Size.gibibytes(20));
    terraform = new Terraform(stack.directory, {
      ...process.env,
      ...local.env,
      TF_CLI_CONFIG_FILE: "/dev/null",
      CHECKPOINT_DISABLE: "1",
    });
    await terraform.init();
  }, 25 * 60_000);

  afterAll(async () => {
    api.close();
    await downKubernetes(join(directory, "cluster"));
    rmSync(directory, { recursive: true, force: true });
  });

  test("are applied with strict validation and planned again without changes", async () => {
    await terraform.validate();
    expect((await terraform.apply()).errors).toEqual([]);
    expect(await terraform.drift()).toBe("");
  });

  test("are what was declared: one claim for each class, a completed job, a pod with its settings", async () => {
    const claims = await api.list({ apiVersion: "v1", plural: "persistentvolumeclaims", namespace: "shop" });
    expect(claims).toMatchObject(
      ["disks", "nfs", "shared"].map((name) => ({
        metadata: { name },
        spec: { accessModes: ["ReadWriteOnce"], storageClassName: name, resources: { requests: { storage: "20Gi" } } },
      })),
    );
    const jobs = { apiVersion: "batch/v1", plural: "jobs", namespace: "shop" };
    expect(await api.get(jobs, "migration")).toMatchObject({ status: { succeeded: 1 } });
    const quotas = { apiVersion: "v1", plural: "resourcequotas", namespace: "shop" };
    const used = async () => ((await api.get(quotas, "project"))?.["status"] as { used?: object } | undefined)?.used;
    const counted = { pods: "2", persistentvolumeclaims: "3", "requests.storage": "60Gi", "requests.cpu": "100m" };
    expect(await waitUntil(async () => JSON.stringify([await used()]).includes('"requests.cpu":"100m"'), 30_000)).toBe(
      true,
    );
    expect(await used()).toMatchObject(counted);
    const classes = { apiVersion: "secrets-store.csi.x-k8s.io/v1", plural: "secretproviderclasses", namespace: "shop" };
    expect(await api.get(classes, "web")).toMatchObject({
      spec: { provider: "aws", secretObjects: [{ secretName: "web", type: "Opaque" }] },
    });
  });

  test("are limited by the quota of their project", async () => {
    const pods = { apiVersion: "v1", plural: "pods", namespace: "shop" };
    const container = (cpu: string) => ({
      name: "big",
      image: IMAGE,
      resources: { requests: { cpu, memory: "64Mi" } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    });
    const securityContext = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
    const pod = (cpu: string) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "big" },
      spec: { securityContext, containers: [container(cpu)] },
    });
    await expect(api.create(pods, pod("3"))).rejects.toThrow(/exceeded quota: project/);
  });

  test("report a changed SecretProviderClass as drift, and correct it", async () => {
    const classes = { apiVersion: "secrets-store.csi.x-k8s.io/v1", plural: "secretproviderclasses", namespace: "shop" };
    await api.merge(classes, "web", { spec: { parameters: { region: "us-east-1" } } });
    expect(await terraform.drift()).toContain("us-east-1");
    expect((await terraform.apply()).errors).toEqual([]);
    expect(await terraform.drift()).toBe("");
  });

  test("are destroyed, and leave nothing", async () => {
    expect((await terraform.destroy()).errors).toEqual([]);
    for (const [apiVersion, plural] of [
      ["v1", "persistentvolumeclaims"],
      ["batch/v1", "jobs"],
      ["batch/v1", "cronjobs"],
      ["storage.k8s.io/v1", "storageclasses"],
      ["v1", "resourcequotas"],
      ["secrets-store.csi.x-k8s.io/v1", "secretproviderclasses"],
    ] as const)
      expect([plural, (await api.list({ apiVersion, plural })).map(({ metadata }) => metadata.name)]).toEqual([
        plural,
        [],
      ]);
    const types = [...new Set(stack.types)].sort();
    recordVerified(join(workDirectory(), "verified"), {
      name: stack.id,
      validated: types,
      applied: types,
      clean: types,
      destroyed: types,
    });
  });
});
