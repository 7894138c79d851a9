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
import type { LocalKubernetes } from "@groundwork/local/kubernetes/local-kubernetes";
import { downKubernetes, upKubernetes } from "@groundwork/local/kubernetes/local-kubernetes";
import { goVersion } from "@groundwork/local/kubernetes/tools";
import { waitUntil } from "@groundwork/tooling/polling";
import { Terraform } from "@groundwork/tooling/terraform/terraform";
import { App, TerraformStack, Testing } from "cdktf";
import { InstallHost } from "../support/kpaas-host";
import { InstallerRepository, POWER } from "../support/kpaas-installer";

const BEFORE = ["wait", "prepare", "install", "verify"];

/** An install host whose cluster stands and whose workload is to come. */
function workloadHost(repository: InstallerRepository): InstallHost {
  const host = new InstallHost(repository, { workload: Workload.of({}) });
  for (const phase of BEFORE) host.root.write(`/var/lib/kpaas/${phase}.done`, "");
  host.root.standIn("curl", `${POWER}\npower curl\nif stumbles curl; then exit 7; fi\n[ -e "$ROOT/answers" ]`);
  host.root.write("/answers", "");
  return host;
}

describe("the workload's phase, really run", () => {
  let repository: InstallerRepository;
  const hosts: InstallHost[] = [];
  beforeAll(() => {
    repository = new InstallerRepository();
  });
  afterAll(() => {
    repository.remove();
    for (const { root } of hosts) root.remove();
  });

  function scene(kubectl = ""): InstallHost {
    const host = workloadHost(repository);
    hosts.push(host);
    host.root.standIn(
      "kubectl",
      `${POWER}
word=$(grep -oE "apply|rollout" <<<"$*")
power "kubectl-$word"
if stumbles "kubectl-$word"; then echo "error: connection refused" >&2; exit 1; fi
${kubectl}`,
    );
    return host;
  }

  test("applies the manifest, waits for all pods, and asks a node", async () => {
    const host = scene();
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(host.status).toMatchObject({
      ...{ phase: "workload", state: "done" },
      word: "the workload answers at http://192.168.7.11:30087/",
    });
    const [apply = "", rollout = ""] = host.calls("kubectl");
    expect(apply).toMatch(
      /--kubeconfig \S+\/etc\/kpaas\/kubeconfig --namespace default .* apply --filename=\S+workload.yaml$/,
    );
    expect(rollout).toMatch(/rollout status deployment\/nginx-deployment --timeout=8m$/);
  });

  test("tries again when the cluster stumbles, and when the port does not answer at once", async () => {
    const host = scene();
    host.stumble("kubectl-apply");
    host.stumble("curl");
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(host.root.read("/var/log/kpaas/workload.log")).toMatch(
      /does not take the workload: error: connection refused[^]*does not answer/,
    );
  });

  test("says what the cluster has against it, and goes on after that was mended", async () => {
    const words = "The Service is invalid: provided port is already allocated";
    const host = scene(`[ ! -e "$ROOT/taken" ] || { echo "${words}" >&2; exit 1; }`);
    host.root.write("/taken", "");
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toBe(`the cluster does not take the workload: ${words}`);
    expect(host.calls("kubectl")).toHaveLength(5);
    rmSync(host.root.path("/taken"));
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test("fails when pods do not come up, and says where the reason is", async () => {
    const host = scene();
    host.stumble("kubectl-rollout");
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toMatch(/not all pods of nginx-deployment are available; kubectl describe/);
  });

  test("gives up when its time is over, and says what did not answer", async () => {
    const host = scene();
    rmSync(host.root.path("/answers"));
    host.root.write("/now", `exec bash ${host.root.path("/usr/local/lib/kpaas/phase")} workload 2`);
    expect(await host.root.run(host.root.path("/now"), { POLL_SECONDS: "0.1" })).toBe(124);
    expect(host.status["word"]).toContain("but http://192.168.7.11:30087/ does not answer");
  });

  test.each(["kubectl-apply", "kubectl-rollout", "curl"])(
    "whose power is cut at %s goes on by itself",
    async (place) => {
      const host = scene();
      host.cutAt(place);
      expect(await host.boot()).toMatchObject({ code: null, state: "running" });
      expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
      const before = host.root.calls.length;
      expect(await host.boot()).toMatchObject({ state: "done" });
      expect(host.root.calls).toHaveLength(before);
    },
  );
});

const there = goVersion() !== undefined && spawnSync("kubectl", ["version", "--client"]).error === undefined;
/** Without Go and kubectl nothing of this can be seen; in CI that is a failure, since a skip would look like a success. */
const describeWithCluster = there || process.env["CI"] === "true" ? describe : describe.skip;

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
    const started = await upKubernetes(join(directory, "cluster"), console.log);
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

  /** What the objects are, without what changes by itself or says who wrote them. */
  async function objects(): Promise<readonly unknown[]> {
    const found = [await api.get(deployments, "nginx-deployment"), await api.get(services, "nginx-service")];
    return found.map((object) => plain(object as ApiObject));
  }

  /** What `kubectl diff` of the install host's manifest against the cluster says: status and words. */
  function diff(): { readonly status: number | null; readonly words: string } {
    const manifest = host.root.path("/etc/kpaas/workload.yaml");
    const words = ["--kubeconfig", local.cluster.kubeconfig, "diff", "--filename", manifest];
    const { status, stdout, stderr } = spawnSync("kubectl", words, { encoding: "utf8" });
    return { status, words: `${stdout}${stderr}` };
  }

  let applied: readonly unknown[];

  test("takes the install host's manifest under strict validation, once and again", async () => {
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

  test("refuses a word in it that nobody knows", () => {
    const wrong = join(directory, "wrong.yaml");
    const text = readFileSync(host.root.path("/etc/kpaas/workload.yaml"), "utf8").replace("nodePort", "nodePrt");
    writeFileSync(wrong, text);
    const words = ["--kubeconfig", local.cluster.kubeconfig, "apply", "--filename", wrong, "--dry-run=server"];
    const { status, stderr } = spawnSync("kubectl", words, { encoding: "utf8" });
    expect([status, stderr]).toEqual([1, expect.stringContaining('unknown field "spec.ports[0].nodePrt"')]);
  });

  test("has the same objects from the construct, by Terraform", async () => {
    await api.remove(deployments, "nginx-deployment");
    await api.remove(services, "nginx-service");
    expect(await waitUntil(async () => (await api.get(deployments, "nginx-deployment")) === undefined, 30_000)).toBe(true);
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

    expect(diff()).toEqual({ status: 0, words: "" });
    expect(await objects()).toEqual(applied);
    expect(await terraform.drift()).toBe("");

    // What a diff says counts only if it would say something.
    await api.merge(deployments, "nginx-deployment", { spec: { replicas: 5 } });
    expect(diff()).toMatchObject({ status: 1, words: expect.stringMatching(/-\s+replicas: 5\n\+\s+replicas: 3/) });
    expect((await terraform.destroy()).errors).toEqual([]);
  });
});

/** An object without its status and what the API server gives to each anew. */
function plain({ metadata, spec, kind, apiVersion }: ApiObject): unknown {
  const { name, namespace, labels } = metadata;
  const { clusterIP: _, clusterIPs: __, ...rest } = spec as Record<string, unknown>;
  return { apiVersion, kind, metadata: { name, namespace, labels }, spec: rest };
}
