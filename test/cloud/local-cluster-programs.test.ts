import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identifyProcess, isRunning } from "@groundwork/tooling/process/background";
import { hasKubernetes } from "@groundwork/local/kubernetes/tools";
import { LocalCloud } from "./support/local-cloud";
import { INGRESSES, LocalCluster } from "./support/local-cluster";

/** Without its programs there is no API server; in CI that is an error, since a skip would look like a success. */
const describeWithKubernetes = !hasKubernetes() && process.env["CI"] !== "true" ? describe.skip : describe;

const PROGRAMS = ["aws-load-balancer-controller", "cluster-autoscaler", "terraform-provider-kubernetes"];

describeWithKubernetes("a cluster with programs instead of stand-ins", () => {
  let directory: string;
  let cloud: LocalCloud;
  let cluster: LocalCluster;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-programs-"));
    for (const name of PROGRAMS) {
      const record = join(directory, `${name}.record`);
      const text = `#!/bin/sh\necho $$ > ${record}.pid\nfor each; do echo "$each"; done > ${record}\nexec sleep 600\n`;
      writeFileSync(join(directory, name), text, { mode: 0o755 });
    }
    mkdirSync(join(directory, "charts"));
    process.env["GROUNDWORK_PROGRAMS"] = directory;
    cloud = await LocalCloud.start({ parts: ["kubernetes"] });
    cluster = await LocalCluster.create(cloud);
  }, 25 * 60_000);

  afterAll(async () => {
    cluster.close();
    await cloud.stop();
    delete process.env["GROUNDWORK_PROGRAMS"];
    rmSync(directory, { recursive: true, force: true });
  });

  const record = (name: string) => join(directory, `${name}.record`);
  const started = (name: string) => Promise.resolve(existsSync(record(name)));
  const processOf = (name: string) => identifyProcess(Number(readFileSync(`${record(name)}.pid`, "utf8")));

  test("connects Terraform to the stand-in only for providers that are not given", () => {
    const { TF_REATTACH_PROVIDERS = "", TF_CLI_CONFIG_FILE = "" } = cloud.env;
    expect(Object.keys(JSON.parse(TF_REATTACH_PROVIDERS) as object)).toEqual(["hashicorp/helm"]);
    expect(readFileSync(TF_CLI_CONFIG_FILE, "utf8")).toContain("registry.terraform.io/hashicorp/kubernetes");
  });

  test("starts a program when its release is deployed, with the emulated AWS, and the stand-in does nothing", async () => {
    expect(await started("aws-load-balancer-controller")).toBe(false);
    await cluster.installController();
    await cluster.installAutoscaler();
    for (const name of ["aws-load-balancer-controller", "cluster-autoscaler"])
      await cluster.eventually(() => started(name), true);
    const controller = readFileSync(record("aws-load-balancer-controller"), "utf8").split("\n");
    expect(controller).toContain(`--aws-vpc-id=${cluster.vpcId}`);
    expect(controller.join("\n")).toContain(`Shield=${cloud.endpoint}`);
    const autoscaler = readFileSync(record("cluster-autoscaler"), "utf8");
    const [, config = ""] = /^--cloud-config=(.*)$/m.exec(autoscaler) ?? [];
    expect(readFileSync(config, "utf8")).toContain(`URL = "${cloud.endpoint}"`);

    await cluster.serve("front");
    await cluster.route("front", 1, "/");
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await cluster.rules()).toEqual([]);
    expect((await cluster.api.get(INGRESSES, "front"))?.metadata.finalizers).toBeUndefined();
  });

  test("ends a program with its release, and the others with the cloud", async () => {
    const controller = processOf("aws-load-balancer-controller");
    const autoscaler = processOf("cluster-autoscaler");
    if (controller === undefined || autoscaler === undefined) throw new Error("a program does not run");
    await cluster.uninstall("aws-load-balancer-controller");
    await cluster.eventually(() => Promise.resolve(isRunning(controller)), false);
    expect(isRunning(autoscaler)).toBe(true);
    await cloud.stop();
    expect(isRunning(autoscaler)).toBe(false);
  });
});
