import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Workload } from "@groundwork/constructs/kpaas/workload/workload";
import { SampleWorkload } from "@groundwork/constructs/kpaas/workload/sample-workload";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { KubernetesApi } from "@groundwork/local/kubernetes/api";
import { accessTo } from "@groundwork/local/kubernetes/cluster";
import { downKubernetes, type LocalKubernetes, upKubernetes } from "@groundwork/local/kubernetes/local-kubernetes";
import { hasKubernetes } from "@groundwork/local/kubernetes/tools";
import { waitUntil } from "@groundwork/tooling/polling";
import { Terraform } from "@groundwork/tooling/terraform/terraform";
import { App, TerraformStack, Testing } from "cdktf";
import { InstallHost } from "../support/kpaas-host";
import { InstallerRepository, POWER } from "../support/kpaas-installer";

const EARLIER_PHASES = ["wait", "prepare", "install", "verify"];

/** An install host with a ready cluster and a pending workload. */
function workloadHost(repository: InstallerRepository): InstallHost {
  const host = new InstallHost(repository, { workload: Workload.of({}) });
  for (const phase of EARLIER_PHASES) host.root.write(`/var/lib/kpaas/${phase}.done`, "");
  host.root.standIn("curl", `${POWER}\npower curl\nif fails curl; then exit 7; fi\n[ -e "$ROOT/responds" ]`);
  host.root.write("/responds", "");
  return host;
}

describe("the phase workload in a sandbox", () => {
  let repository: InstallerRepository;
  const hosts: InstallHost[] = [];
  beforeAll(() => {
    repository = new InstallerRepository();
  });
  afterAll(() => {
    repository.remove();
    for (const { root } of hosts) root.remove();
  });

  function createHost(kubectl = ""): InstallHost {
    const host = workloadHost(repository);
    hosts.push(host);
    host.root.standIn(
      "kubectl",
      `${POWER}
verb=$(grep -oE "apply|rollout" <<<"$*")
power "kubectl-$verb"
if fails "kubectl-$verb"; then echo "error: connection refused" >&2; exit 1; fi
${kubectl}`,
    );
    return host;
  }

  test("applies the manifest, waits for all pods, and sends a request to a node", async () => {
    const host = createHost();
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(host.status).toMatchObject({
      ...{ phase: "workload", state: "done" },
      word: "the workload responds at http://192.168.7.11:30087/",
    });
    const [apply = "", rollout = ""] = host.calls("kubectl");
    expect(apply).toMatch(
      /--kubeconfig \S+\/etc\/kpaas\/kubeconfig --namespace default .* apply --filename=\S+workload.yaml$/,
    );
    expect(rollout).toMatch(/rollout status deployment\/nginx-deployment --timeout=8m$/);
  });

  test("retries when the cluster or the port does not respond at once", async () => {
    const host = createHost();
    host.failOnce("kubectl-apply");
    host.failOnce("curl");
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(host.root.read("/var/log/kpaas/workload.log")).toMatch(
      /rejects the workload: error: connection refused[^]*does not respond/,
    );
  });

  test("reports the error of the cluster, and continues after the cause was fixed", async () => {
    const message = "The Service is invalid: provided port is already allocated";
    const host = createHost(`[ ! -e "$ROOT/taken" ] || { echo "${message}" >&2; exit 1; }`);
    host.root.write("/taken", "");
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toBe(`the cluster rejects the workload: ${message}`);
    expect(host.calls("kubectl")).toHaveLength(5);
    rmSync(host.root.path("/taken"));
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test("fails when pods do not start, and prints the command for the reason", async () => {
    const host = createHost();
    host.failOnce("kubectl-rollout");
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toMatch(/not all pods of nginx-deployment are available; run kubectl describe/);
  });

  test("fails at its deadline, and reports what did not respond", async () => {
    const host = createHost();
    rmSync(host.root.path("/responds"));
    host.root.write("/now", `exec bash ${host.root.path("/usr/local/lib/kpaas/phase")} workload 2`);
    expect(await host.root.run(host.root.path("/now"), { POLL_SECONDS: "0.1" })).toBe(124);
    expect(host.status["word"]).toContain("but http://192.168.7.11:30087/ does not respond");
  });

  test.each(["kubectl-apply", "kubectl-rollout", "curl"])(
    "resumes by itself after a power failure at %s",
    async (step) => {
      const host = createHost();
      host.cutAt(step);
      expect(await host.boot()).toMatchObject({ code: null, state: "running" });
      expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
      const before = host.root.calls.length;
      expect(await host.boot()).toMatchObject({ state: "done" });
      expect(host.root.calls).toHaveLength(before);
    },
  );
});

const available = hasKubernetes() && spawnSync("kubectl", ["version", "--client"]).error === undefined;
/** Skipped without the programs of the API server and kubectl; in CI that is a failure, because a skip would look like a success. */
const describeWithCluster = available || process.env["CI"] === "true" ? describe : describe.skip;

describeWithCluster("a real Kubernetes API", () => {
  let directory: string;
  let local: LocalKubernetes;
  let api: KubernetesApi;
  let repository: InstallerRepository;
  let host: InstallHost;
  const deployments = { apiVersion: "apps/v1", plural: "deployments", namespace: "default" };
  const services = { apiVersion: "v1", plural: "services", namespace: "default" };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-workload-"));
    const started = await upKubernetes(join(directory, "cluster"), { log: console.log });
    if (started === undefined) throw new Error("Go is missing");
    local = started;
    api = new KubernetesApi(accessTo(local.cluster));
    repository = new InstallerRepository();
    host = workloadHost(repository);
    const real = execFileSync("bash", ["-c", "command -v kubectl"], { encoding: "utf8" }).trim();
    host.root.standIn("kubectl", `exec ${real} "$@"`);
    host.root.write("/etc/kpaas/kubeconfig", readFileSync(local.cluster.kubeconfig, "utf8"), "0600");
    host.root.write("/root/.keep", "");
  }, 25 * 60_000);

  afterAll(async () => {
    api.close();
    await downKubernetes(join(directory, "cluster"));
    repository.remove();
    host.root.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The objects without generated fields. */
  async function objects(): Promise<readonly unknown[]> {
    const found = [await api.get(deployments, "nginx-deployment"), await api.get(services, "nginx-service")];
    return found.map((object) => plain(object as ApiObject));
  }

  /** Result of `kubectl diff` of the install host's manifest against the cluster. */
  function diff(): { readonly status: number | null; readonly output: string } {
    const manifest = host.root.path("/etc/kpaas/workload.yaml");
    const args = ["--kubeconfig", local.cluster.kubeconfig, "diff", "--filename", manifest];
    const { status, stdout, stderr } = spawnSync("kubectl", args, { encoding: "utf8" });
    return { status, output: `${stdout}${stderr}` };
  }

  let applied: readonly unknown[];

  test("accepts the install host's manifest under strict validation, twice", async () => {
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(await api.get(deployments, "nginx-deployment")).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 3 },
      status: { availableReplicas: 3 },
    });
    expect(await api.get(services, "nginx-service")).toMatchObject({
      spec: { type: "NodePort", selector: { app: "nginx" }, ports: [{ port: 80, targetPort: 80, nodePort: 30087 }] },
    });
    applied = await objects();
    rmSync(host.root.path("/var/lib/kpaas/workload.done"));
    rmSync(host.root.path("/var/lib/groundwork"), { recursive: true });
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(host.root.read("/var/log/kpaas/workload.log")).toContain("deployment.apps/nginx-deployment unchanged");
    expect(await objects()).toEqual(applied);
  });

  test("rejects an unknown field", () => {
    const invalid = join(directory, "wrong.yaml");
    const text = readFileSync(host.root.path("/etc/kpaas/workload.yaml"), "utf8").replace("nodePort", "nodePrt");
    writeFileSync(invalid, text);
    const args = ["--kubeconfig", local.cluster.kubeconfig, "apply", "--filename", invalid, "--dry-run=server"];
    const { status, stderr } = spawnSync("kubectl", args, { encoding: "utf8" });
    expect([status, stderr]).toEqual([1, expect.stringContaining('unknown field "spec.ports[0].nodePrt"')]);
  });

  test("gets the same objects from the construct through Terraform", async () => {
    await api.remove(deployments, "nginx-deployment");
    await api.remove(services, "nginx-service");
    expect(await waitUntil(async () => (await api.get(deployments, "nginx-deployment")) === undefined, 30_000)).toBe(
      true,
    );
    expect(diff().status).toBe(1);

    const work = join(directory, "out");
    const stack = new TerraformStack(new App({ outdir: work }), "sample");
    new KubernetesProvider(stack, "kubernetes");
    new SampleWorkload(stack, "Sample");
    writeFileSync(join(work, "cdk.tf.json"), Testing.synth(stack, true));
    const env = { ...process.env, ...local.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
    const terraform = new Terraform(work, env);
    await terraform.init();
    expect((await terraform.apply()).errors).toEqual([]);

    expect(diff()).toEqual({ status: 0, output: "" });
    expect(await objects()).toEqual(applied);
    expect(await terraform.drift()).toBe("");

    // An empty diff is meaningful only if it detects a difference.
    await api.merge(deployments, "nginx-deployment", { spec: { replicas: 5 } });
    expect(diff()).toMatchObject({ status: 1, output: expect.stringMatching(/-\s+replicas: 5\n\+\s+replicas: 3/) });
    expect((await terraform.destroy()).errors).toEqual([]);
  });
});

/** An object without its status and the fields that the API server generates. */
function plain({ metadata, spec, kind, apiVersion }: ApiObject): unknown {
  const { name, namespace, labels } = metadata;
  const { clusterIP: _, clusterIPs: __, ...rest } = spec as Record<string, unknown>;
  return { apiVersion, kind, metadata: { name, namespace, labels }, spec: rest };
}
