import { once } from "node:events";
import { rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { PipelineProps } from "@groundwork/constructs/kpaas/portal/pipeline";
import { InstallerRepository } from "../support/kpaas-installer";
import { COPIES, PipelineHost, PORTAL_SECRETS } from "../support/kpaas-pipeline";
import { DEFAULTS, DOMAIN } from "../support/kpaas-portal";
import { SonarQube } from "../support/sonarqube";

const SCRIPT = "/home/ubuntu/workspace/container-platform/cp-pipeline-deployment/script";

describe("the phase pipeline in a sandbox", () => {
  let repository: InstallerRepository;
  let url: string;
  /** Status code of the pipeline's page. */
  let status = 302;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    repository = new InstallerRepository();
    const ingress = createServer((_, response) => {
      response.writeHead(status, status === 302 ? { location: "http://127.0.0.1:1/login" } : {}).end();
    }).listen(0, "127.0.0.1");
    await once(ingress, "listening");
    url = `http://127.0.0.1:${(ingress.address() as AddressInfo).port}/`;
    ends.push(() => ingress.close());
  });
  beforeEach(() => {
    status = 302;
  });
  afterAll(() => {
    repository.remove();
    for (const end of ends) end();
  });

  async function createHost(props: PipelineProps = {}) {
    const sonarqube = await SonarQube.start();
    const host = new PipelineHost(repository, sonarqube, url, props);
    ends.push(
      () => {
        sonarqube.stop();
      },
      () => {
        host.root.remove();
      },
    );
    return { host, sonarqube };
  }

  test("deploys it with the portal's domain and secrets, once, and verifies it", async () => {
    const { host } = await createHost();
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(host.status).toMatchObject({ phase: "pipeline", state: "done", word: "the pipeline is ready" });
    const deployed = host.root.read("/pipeline");
    for (const line of [
      `HOST_DOMAIN=${DOMAIN}`,
      "K8S_STORAGECLASS=cp-storageclass",
      "IS_MULTI_CLUSTER=N",
      ...COPIES.map((name) => `${name}=${PORTAL_SECRETS[name] ?? ""}`),
    ])
      expect(deployed).toContain(`${line}\n`);
    expect(host.root.read("/var/lib/kpaas/pipeline.sha256").trim()).toBe(host.checksum);
    const before = host.root.calls.length;
    expect(await host.boot()).toMatchObject({ state: "done" });
    expect(host.root.calls).toHaveLength(before);
  });

  test("replaces all public passwords, including that of SonarQube, and prints none", async () => {
    const { host, sonarqube } = await createHost();
    await host.boot();
    const path = "/etc/kpaas/pipeline-secrets.json";
    const own = JSON.parse(host.root.read(path)) as Record<string, string>;
    expect(Object.keys(own)).toEqual(["INSPECTION_ADMIN_PASSWORD", "INSPECTION_DATABASE_ADMIN_PASSWORD"]);
    expect(statSync(host.root.path(path)).mode & 0o777).toBe(0o600);
    expect(statSync(host.root.path(`${SCRIPT}/cp-pipeline-vars.sh`)).mode & 0o777).toBe(0o600);
    const deployed = host.root.read("/pipeline");
    for (const [name, value] of Object.entries(own)) {
      expect(value).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(deployed).toContain(`${name}=${value}\n`);
    }
    for (const value of Object.values(DEFAULTS)) expect(deployed).not.toContain(`=${value}\n`);
    expect(sonarqube.password).toBe(own["INSPECTION_ADMIN_PASSWORD"]);
    for (const secret of [...Object.values(own), ...Object.values(PORTAL_SECRETS)])
      expect(host.output).not.toContain(secret);
  });

  test("retries a failed download, and rejects an archive with another checksum", async () => {
    const { host } = await createHost();
    host.failOnce("curl");
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toContain("could not be downloaded from https://downloads.example.com");
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });

    const { host: other } = await createHost({ sha256: "0".repeat(64) });
    expect(await other.boot()).toMatchObject({ code: 3 });
    expect(other.status).toMatchObject({ phase: "pipeline", state: "decision" });
    expect(other.status["word"]).toContain(`has checksum ${other.checksum} instead of 000`);
    expect(other.root.read("/pipeline")).toBe("");
  });

  test.each([
    "script/deploy-cp-pipeline.sh",
    "script/uninstall-cp-pipeline.sh",
    "script/cp-pipeline-vars.sh",
    "values_orig",
  ])("rejects an archive without %s, and runs nothing of it", async (path) => {
    const { host } = await createHost();
    host.repack(path);
    expect(await host.boot()).toMatchObject({ code: 3 });
    expect(host.status).toMatchObject({ phase: "pipeline", state: "decision" });
    expect(host.status["word"]).toContain(`does not contain cp-pipeline-deployment/${path}`);
    expect(host.root.read("/pipeline")).toBe("");
  });

  test.each([
    [
      "lacks one",
      (text: string) => text.replace(/^INSPECTION_ADMIN_PASSWORD/m, "SONAR_PASSWORD"),
      /INSPECTION_ADMIN_PASSWORD occurs 0 times in the variables of the pipeline/,
    ],
    ["has one twice", (text: string) => `${text}HOST_DOMAIN="x"\n`, /HOST_DOMAIN occurs 2 times/],
    [
      "has an unknown secret",
      (text: string) => `${text}JENKINS_PASSWORD="x"\n`,
      /JENKINS_PASSWORD in the variables of the pipeline looks like a public secret/,
    ],
  ])("rejects unknown variables: %s", async (_, change, message) => {
    const { host } = await createHost();
    host.repack("script/cp-pipeline-vars.sh", change);
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toMatch(message);
    expect(host.root.read("/pipeline")).toBe("");
  });

  test("does not start without the portal's secrets", async () => {
    const { host } = await createHost();
    rmSync(host.root.path("/etc/kpaas/portal-secrets.json"));
    expect(await host.boot()).toMatchObject({ code: 1 });
    expect(host.status["word"]).toContain("the portal's secrets are not in");
  });

  test.each(["pipeline", "pipeline-time"])(
    "does not repeat a failed deployment (%s): asks for a decision and follows it",
    async (step) => {
      const { host } = await createHost();
      host.failOnce(step);
      expect(await host.boot()).toMatchObject({ code: 3, state: "failed" });
      expect(host.status).toMatchObject({ phase: "pipeline", state: "decision" });
      expect(host.status["word"]).toMatch(/exited with 1|within an hour/);
      expect(host.status["word"]).toMatch(/sudo touch \S+pipeline.again && sudo systemctl restart/);
      expect(await host.boot()).toMatchObject({ code: 3 });
      expect(host.status["word"]).toContain("was started and did not succeed");

      host.root.write("/var/lib/kpaas/pipeline.again", "");
      expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    },
  );

  test("starts again only after the old deployment has been removed", async () => {
    const { host } = await createHost();
    host.failOnce("pipeline");
    await host.boot();
    host.failOnce("uninstall");
    host.root.write("/var/lib/kpaas/pipeline.again", "");
    expect(await host.boot()).toMatchObject({ code: 3 });
    expect(host.status["word"]).toContain("the namespace cp-pipeline still exists");
    host.failOnce("uninstall");
    rmSync(host.root.path("/kube/namespaces.json"));
    expect(await host.boot()).toMatchObject({ code: 1 });
    expect(host.status["word"]).toBe("the cluster does not respond, so it is unknown whether the pipeline was removed");
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test("after a power failure during the deployment: asks for a decision, and reuses the secrets", async () => {
    const { host } = await createHost();
    host.cutAt("pipeline");
    expect(await host.boot()).toMatchObject({ code: null, state: "running" });
    const secrets = host.root.read("/etc/kpaas/pipeline-secrets.json");
    expect(await host.boot()).toMatchObject({ code: 3, state: "failed" });
    expect(host.status).toMatchObject({ state: "decision" });
    host.root.write("/var/lib/kpaas/pipeline.again", "");
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(host.root.read("/etc/kpaas/pipeline-secrets.json")).toBe(secrets);
  });

  test.each(["curl", "kubectl-deployments", "kubectl-port-forward"])(
    "after a power failure at %s: resumes by itself",
    async (step) => {
      const { host, sonarqube } = await createHost();
      host.cutAt(step);
      expect(await host.boot()).toMatchObject({ code: null, state: "running" });
      expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
      expect(sonarqube.changes).toBe(1);
    },
  );

  describe("verifies it, and reports what is missing and what to do", () => {
    /** Runs the phase with a short timeout. */
    async function runBriefly(host: PipelineHost): Promise<number | null> {
      const phase = host.root.path("/usr/local/lib/kpaas/phase");
      host.root.write("/now", `TIMEOUT_SECONDS=1 exec bash ${phase} pipeline 40`);
      return host.root.run(host.root.path("/now"), { POLL_SECONDS: "0.1" });
    }

    test.each([
      [
        "deployments-cp-pipeline",
        /not available: ui, api, common-api, config-server, inspection-api, jenkins, sonarqube\. To/,
      ],
      ["statefulsets-cp-pipeline", /SonarQube's PostgreSQL is not ready/],
    ])("%s", async (name, message) => {
      const { host } = await createHost();
      host.respond(name, { items: [] });
      expect(await runBriefly(host)).toBe(3);
      expect(host.status).toMatchObject({ state: "decision" });
      expect(host.status["word"]).toMatch(message);
      expect(host.status["word"]).toMatch(/pipeline.again && sudo systemctl restart --no-block groundwork-first-boot$/);
    });

    test("a page without an ingress, or without a running backend", async () => {
      for (status of [404, 503]) {
        const { host } = await createHost();
        expect(await runBriefly(host)).toBe(3);
        expect(host.status["word"]).toContain(`/ returns ${status}. To remove the pipeline`);
      }
    });

    test("a SonarQube with another password", async () => {
      const { host, sonarqube } = await createHost();
      sonarqube.password = "another";
      expect(await runBriefly(host)).toBe(3);
      expect(host.status["word"]).toContain("neither the public one nor the one in");
      expect(sonarqube.changes).toBe(0);
    });

    test("and verifies again without a second deployment, after the cause was fixed", async () => {
      const { host } = await createHost();
      status = 503;
      expect(await runBriefly(host)).toBe(3);
      status = 302;
      expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    });
  });
});
