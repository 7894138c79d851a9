import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Size } from "@groundwork/constructs/core/size";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { API_TYPES, type ApiType } from "@groundwork/constructs/kubernetes/manifest/conversion";
import { Cpu } from "@groundwork/constructs/kubernetes/workload/cpu";
import { DisruptionBudget } from "@groundwork/constructs/kubernetes/scaling/disruption-budget";
import { Exposure } from "@groundwork/constructs/kubernetes/workload/exposure";
import { Health } from "@groundwork/constructs/kubernetes/workload/health";
import { HelmRelease } from "@groundwork/constructs/kubernetes/helm/helm-release";
import { IngressGroup } from "@groundwork/constructs/kubernetes/ingress/ingress-group";
import { PodAutoscaler } from "@groundwork/constructs/kubernetes/scaling/pod-autoscaler";
import { PodSecurity } from "@groundwork/constructs/kubernetes/workload/pod-security";
import { Replicas } from "@groundwork/constructs/kubernetes/scaling/replicas";
import { Resources } from "@groundwork/constructs/kubernetes/workload/resources";
import { ServicePort } from "@groundwork/constructs/kubernetes/workload/service-port";
import { Spread } from "@groundwork/constructs/kubernetes/scaling/spread";
import { WebService } from "@groundwork/constructs/kubernetes/workload/web-service";
import { AwsSession } from "@groundwork/cli/aws/aws-session";
import { KubernetesApi } from "@groundwork/local/kubernetes/api";
import { accessTo } from "@groundwork/local/kubernetes/cluster";
import type { LocalKubernetes } from "@groundwork/local/kubernetes/local-kubernetes";
import { RELEASE_LABEL } from "@groundwork/local/kubernetes/provider/helm-release";
import { hasKubernetes } from "@groundwork/local/kubernetes/tools";
import { ROOT } from "../support/repository";
import { waitUntil } from "@groundwork/tooling/polling";
import { Terraform } from "@groundwork/tooling/terraform/terraform";
import { App, TerraformStack, Testing } from "cdktf";
import { parse } from "yaml";
import { LocalCloud } from "./support/local-cloud";

const REGION = "ap-northeast-2";

const PLAIN = {
  resources: Resources.unbounded(),
  security: PodSecurity.unset(),
  spread: Spread.anywhere(),
  disruption: DisruptionBudget.none(),
};

/** All kinds of objects that the library creates in a cluster, including the lab's sample workload on K-PaaS. */
function sample(directory: string, vpcId: string): string {
  const stack = new TerraformStack(new App({ outdir: directory }), "sample");
  new KubernetesProvider(stack, "kubernetes");
  new HelmProvider(stack, "helm");
  const controller = new HelmRelease(stack, "Controller", {
    name: "aws-load-balancer-controller",
    chart: "aws-load-balancer-controller",
    version: "1.13.3",
    namespace: "kube-system",
    values: { clusterName: "demo", region: REGION, vpcId },
  });
  const flask = new WebService(stack, "Flask", {
    name: "flask",
    image: "registry.example.com/flask:latest",
    port: ServicePort.of({ service: 8080, container: 8080 }),
    replicas: Replicas.autoscaled(),
    health: Health.at("/contents/aws"),
    resources: Resources.of({
      requests: { cpu: Cpu.millicores(250), memory: Size.mebibytes(128) },
      limits: { cpu: Cpu.millicores(500), memory: Size.gibibytes(1) },
    }),
    environment: { MODE: "fast" },
  });
  new PodAutoscaler(stack, "Autoscaler", { target: flask, min: 1, max: 5, cpuPercent: 30 });
  const nginx = new WebService(stack, "Nginx", {
    ...PLAIN,
    name: "nginx-deployment",
    serviceName: "nginx-service",
    labels: { app: "nginx" },
    image: "nginx:1.14.2",
    port: ServicePort.byNumber({ service: 80, container: 80 }),
    exposure: Exposure.onNodes(30087),
    replicas: Replicas.fixed(3),
    health: Health.unknown(),
  });
  const group = new IngressGroup(stack, "Web", { name: "demo", scheme: "internet-facing", dependsOn: [controller] });
  group.add("flask", { name: "flask", order: 1, path: "/contents", service: flask });
  group.add("nginx", { name: "nginx", order: 2, service: nginx });
  return Testing.synth(stack, true);
}

/** A VPC with two public subnets, in which the controller creates load balancers. */
async function createNetwork({ endpoint }: LocalCloud): Promise<string> {
  const session = new AwsSession(REGION, endpoint);
  const ec2 = session.client(EC2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const Tags = [{ Key: "kubernetes.io/role/elb", Value: "1" }];
  for (const [index, zone] of ["a", "b"].entries())
    await ec2.send(
      new CreateSubnetCommand({
        VpcId: Vpc?.VpcId,
        CidrBlock: `10.0.${index}.0/24`,
        AvailabilityZone: `${REGION}${zone}`,
        TagSpecifications: [{ ResourceType: "subnet", Tags }],
      }),
    );
  session.destroy();
  return Vpc?.VpcId ?? "";
}

/** Host names of all load balancers. */
async function hostnamesOf({ endpoint }: LocalCloud): Promise<readonly (string | undefined)[]> {
  const session = new AwsSession(REGION, endpoint);
  const { LoadBalancers = [] } = await session
    .client(ElasticLoadBalancingV2Client)
    .send(new DescribeLoadBalancersCommand({}));
  session.destroy();
  return LoadBalancers.map(({ DNSName }) => DNSName);
}

function typeOf({ kind }: ApiObject): ApiType {
  const type = Object.values(API_TYPES).find((each) => each.kind === kind);
  if (type === undefined) throw new Error(`no type for ${kind}`);
  return type;
}

function namespaceOf({ metadata }: ApiObject): { namespace?: string } {
  const { namespace } = metadata;
  return typeof namespace === "string" ? { namespace } : {};
}

/** Without its programs there is no API server; in CI that is an error, since a skip would look like a success. */
const describeWithKubernetes = !hasKubernetes() && process.env["CI"] !== "true" ? describe.skip : describe;

describeWithKubernetes("a real Kubernetes API", () => {
  let directory: string;
  let cloud: LocalCloud;
  let local: LocalKubernetes;
  let api: KubernetesApi;
  let stack: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-kubernetes-"));
    cloud = await LocalCloud.start({ parts: ["kubernetes"] });
    const { kubernetes } = cloud.cloud;
    if (kubernetes === undefined) throw new Error("Go is missing");
    local = kubernetes;
    api = new KubernetesApi(accessTo(local.cluster));
    stack = sample(join(directory, "out"), await createNetwork(cloud));
  }, 25 * 60_000);

  afterAll(async () => {
    api.close();
    await cloud.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test.each(readdirSync(join(ROOT, "manifests")))("accepts every manifest of %s with strict validation", async (id) => {
    const folder = join(ROOT, "manifests", id);
    const objects = readdirSync(folder).map((file) => parse(readFileSync(join(folder, file), "utf8")) as ApiObject);
    expect(objects.length).toBeGreaterThan(7);
    const targets = objects.map((object) => ({ object, collection: { ...typeOf(object), ...namespaceOf(object) } }));
    // Namespaces first.
    targets.sort((one, other) => Number(other.object.kind === "Namespace") - Number(one.object.kind === "Namespace"));
    for (const { object, collection } of targets) await api.create(collection, object);
    for (const { object, collection } of targets) await api.remove(collection, String(object.metadata["name"]));
  });

  test("rejects an unknown field and an invalid node port", async () => {
    const services = { apiVersion: "v1", plural: "services", namespace: "default" };
    const service = (port: object) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "bad" },
      spec: { type: "NodePort", ports: [port] },
    });
    await expect(api.create(services, service({ port: 80, nodePrt: 30087 }))).rejects.toThrow(
      /unknown field "spec.ports\[0\].nodePrt"/,
    );
    await expect(api.create(services, service({ port: 80, nodePort: 29999 }))).rejects.toThrow(/valid range/);
  });

  describe("with Terraform", () => {
    let terraform: Terraform;

    beforeAll(async () => {
      const work = join(directory, "out");
      writeFileSync(join(work, "cdk.tf.json"), stack);
      terraform = new Terraform(work, {
        ...process.env,
        ...local.env,
        TF_CLI_CONFIG_FILE: "/dev/null",
        CHECKPOINT_DISABLE: "1",
      });
      await terraform.init();
    });

    test("deploys a stack, has no changes in a second plan, and runs the pods", async () => {
      await terraform.validate();
      expect((await terraform.apply()).errors).toEqual([]);
      expect(await terraform.drift()).toBe("");
      const nginx = await api.get(
        { apiVersion: "apps/v1", plural: "deployments", namespace: "default" },
        "nginx-deployment",
      );
      expect(nginx).toMatchObject({ spec: { replicas: 3 }, status: { availableReplicas: 3 } });
      const ingresses = await api.list({ apiVersion: "networking.k8s.io/v1", plural: "ingresses" });
      const [hostname] = await hostnamesOf(cloud);
      expect(ingresses.map(({ status }) => status)).toEqual(
        ["flask", "nginx"].map(() => ({ loadBalancer: { ingress: [{ hostname }] } })),
      );
      const pods = await api.list({ apiVersion: "v1", plural: "pods", namespace: "default" });
      expect(new Set(pods.map(({ spec }) => (spec as { nodeName: string }).nodeName)).size).toBeGreaterThan(1);
    });

    test("detects manual changes as drift, and corrects them", async () => {
      const deployments = { apiVersion: "apps/v1", plural: "deployments", namespace: "default" };
      await api.merge(deployments, "nginx-deployment", { spec: { replicas: 5 } });
      await api.merge(deployments, "flask", { spec: { replicas: 2 } });
      await api.remove({ apiVersion: "v1", plural: "services", namespace: "default" }, "nginx-service");
      const drift = await terraform.drift();
      expect(drift).toMatch(/replicas\s+= "5" -> "3"/);
      expect(drift).toContain("Plan: 1 to add, 1 to change, 0 to destroy");
      expect((await terraform.apply()).errors).toEqual([]);
      expect(await terraform.drift()).toBe("");
      // The number of replicas belongs to the autoscaler.
      expect(await api.get(deployments, "flask")).toMatchObject({ spec: { replicas: 2 } });
    });

    test("destroys in an order in which the controller can clean up, and leaves nothing", async () => {
      expect((await terraform.destroy()).errors).toEqual([]);
      for (const [apiVersion, plural] of [
        ["apps/v1", "deployments"],
        ["networking.k8s.io/v1", "ingresses"],
        ["policy/v1", "poddisruptionbudgets"],
      ] as const)
        expect(await api.list({ apiVersion, plural })).toEqual([]);
      expect(await hostnamesOf(cloud)).toEqual([]);
      const journal = readFileSync(join(dirname(local.cluster.kubeconfig), "journal.jsonl"), "utf8")
        .trim()
        .split("\n");
      const destroyed = journal
        .map((line) => JSON.parse(line) as { action: string; type: string })
        .filter(({ action }) => action === "destroy")
        .map(({ type }) => type);
      expect(destroyed.lastIndexOf("kubernetes_ingress_v1")).toBeGreaterThan(-1);
      expect(destroyed.indexOf("helm_release")).toBeGreaterThan(destroyed.lastIndexOf("kubernetes_ingress_v1"));
    });
  });

  test("keeps an Ingress whose controller is deleted first, as a real cluster does", async () => {
    const ingresses = { apiVersion: "networking.k8s.io/v1", plural: "ingresses", namespace: "default" };
    const records = { apiVersion: "v1", plural: "configmaps", namespace: "kube-system" };
    const label = { [RELEASE_LABEL]: "controller" };
    const values = JSON.stringify([JSON.stringify({ clusterName: "demo", region: REGION, vpcId: "vpc-none" })]);
    const data = { chart: "aws-load-balancer-controller", values };
    await api.create(records, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "controller", labels: label },
      data,
    });
    const spec = { ingressClassName: "alb", defaultBackend: { service: { name: "a", port: { number: 80 } } } };
    await api.create(ingresses, {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "held" },
      spec,
    });
    const finalizers = async () => (await api.get(ingresses, "held"))?.metadata.finalizers;
    expect(await waitUntil(async () => (await finalizers()) !== undefined, 10_000)).toBe(true);
    await api.remove(records, "controller");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await api.remove(ingresses, "held");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await finalizers()).toEqual(["ingress.k8s.aws/resources"]);
    await api.merge(ingresses, "held", { metadata: { finalizers: [] } });
    expect(await finalizers()).toBeUndefined();
  });

  test("is accessible with kubectl, if installed", () => {
    const { status, stdout, error } = spawnSync(
      "kubectl",
      ["--kubeconfig", local.cluster.kubeconfig, "get", "nodes", "-o", "name"],
      { encoding: "utf8" },
    );
    if (error !== undefined) return;
    expect([status, stdout.trim().split("\n")]).toEqual([0, ["node/node-a", "node/node-b", "node/node-c"]]);
  });
});
