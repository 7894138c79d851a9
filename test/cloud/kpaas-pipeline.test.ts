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

describe("the pipeline's phase, really run", () => {
  let repository: InstallerRepository;
  let url: string;
  /** What the pipeline's page answers. */
  let status = 302;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    repository = new InstallerRepository();
    const ingress = createServer((_, answer) => {
      answer.writeHead(status, status === 302 ? { location: "http://127.0.0.1:1/nobody" } : {}).end();
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

  async function scene(props: PipelineProps = {}) {
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

  test("deploys it with the portal's domain and secrets, once, and looks whether it stands", async () => {
    const { host } = await scene();
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(host.status).toMatchObject({ phase: "pipeline", state: "done", word: "the pipeline stands" });
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

  test("leaves no password that everybody knows, in SonarQube either, and says none", async () => {
    const { host, sonarqube } = await scene();
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
      expect(host.said).not.toContain(secret);
  });

  test("tries again after the archive did not come, and takes no other than it was told", async () => {
    const { host } = await scene();
    host.stumble("curl");
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toContain("could not be fetched from https://downloads.example.com");
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });

    const { host: other } = await scene({ sha256: "0".repeat(64) });
    expect(await other.boot()).toMatchObject({ code: 3 });
    expect(other.status).toMatchObject({ phase: "pipeline", state: "decision" });
    expect(other.status["word"]).toContain(`has the checksum ${other.checksum} instead of 000`);
    expect(other.root.read("/pipeline")).toBe("");
  });

  test.each([
    "script/deploy-cp-pipeline.sh",
    "script/uninstall-cp-pipeline.sh",
    "script/cp-pipeline-vars.sh",
    "values_orig",
  ])("says so when the archive has no %s, and runs nothing of it", async (path) => {
    const { host } = await scene();
    host.repack(path);
    expect(await host.boot()).toMatchObject({ code: 3 });
    expect(host.status).toMatchObject({ phase: "pipeline", state: "decision" });
    expect(host.status["word"]).toContain(`holds no cp-pipeline-deployment/${path}`);
    expect(host.root.read("/pipeline")).toBe("");
  });

  test.each([
    [
      "lacks one",
      (text: string) => text.replace(/^INSPECTION_ADMIN_PASSWORD/m, "SONAR_PASSWORD"),
      /INSPECTION_ADMIN_PASSWORD stands 0 times in the pipeline's variables/,
    ],
    ["has one twice", (text: string) => `${text}HOST_DOMAIN="x"\n`, /HOST_DOMAIN stands 2 times/],
    [
      "has a secret that nobody knows of",
      (text: string) => `${text}JENKINS_PASSWORD="x"\n`,
      /JENKINS_PASSWORD in the pipeline's variables looks like a secret/,
    ],
  ])("says so when the variables are not those that are known: %s", async (_, change, words) => {
    const { host } = await scene();
    host.repack("script/cp-pipeline-vars.sh", change);
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toMatch(words);
    expect(host.root.read("/pipeline")).toBe("");
  });

  test("does not begin without the secrets that the portal got here", async () => {
    const { host } = await scene();
    rmSync(host.root.path("/etc/kpaas/portal-secrets.json"));
    expect(await host.boot()).toMatchObject({ code: 1 });
    expect(host.status["word"]).toContain("the portal's secrets are not in");
  });

  test.each(["pipeline", "pipeline-time"])(
    "does not run a failed deployment over itself (%s): a person decides, and is obeyed",
    async (place) => {
      const { host } = await scene();
      host.stumble(place);
      expect(await host.boot()).toMatchObject({ code: 3, state: "failed" });
      expect(host.status).toMatchObject({ phase: "pipeline", state: "decision" });
      expect(host.status["word"]).toMatch(/ended with 1|within an hour/);
      expect(host.status["word"]).toMatch(/sudo touch \S+pipeline.again && sudo systemctl restart/);
      expect(await host.boot()).toMatchObject({ code: 3 });
      expect(host.status["word"]).toContain("begun and did not end well");

      host.root.write("/var/lib/kpaas/pipeline.again", "");
      expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    },
  );

  test("begins again only when the old one is really gone", async () => {
    const { host } = await scene();
    host.stumble("pipeline");
    await host.boot();
    host.stumble("uninstall");
    host.root.write("/var/lib/kpaas/pipeline.again", "");
    expect(await host.boot()).toMatchObject({ code: 3 });
    expect(host.status["word"]).toContain("the namespace cp-pipeline is still there");
    host.stumble("uninstall");
    rmSync(host.root.path("/kube/namespaces.json"));
    expect(await host.boot()).toMatchObject({ code: 1 });
    expect(host.status["word"]).toBe("the cluster does not say whether the pipeline is gone");
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test("cut off while it deploys: says what a person has to decide, and does it with the same secrets", async () => {
    const { host } = await scene();
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
    "cut off at %s: goes on by itself",
    async (place) => {
      const { host, sonarqube } = await scene();
      host.cutAt(place);
      expect(await host.boot()).toMatchObject({ code: null, state: "running" });
      expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
      expect(sonarqube.changes).toBe(1);
    },
  );

  describe("looks whether it stands, and says what is missing and what to do", () => {
    /** The phase with little patience. */
    async function impatient(host: PipelineHost): Promise<number | null> {
      const phase = host.root.path("/usr/local/lib/kpaas/phase");
      host.root.write("/now", `PATIENCE_SECONDS=1 exec bash ${phase} pipeline 40`);
      return host.root.run(host.root.path("/now"), { POLL_SECONDS: "0.1" });
    }

    test.each([
      [
        "deployments-cp-pipeline",
        /not available: ui, api, common-api, config-server, inspection-api, jenkins, sonarqube\. To/,
      ],
      ["statefulsets-cp-pipeline", /SonarQube's PostgreSQL is not ready/],
    ])("%s", async (name, words) => {
      const { host } = await scene();
      host.answers(name, { items: [] });
      expect(await impatient(host)).toBe(3);
      expect(host.status).toMatchObject({ state: "decision" });
      expect(host.status["word"]).toMatch(words);
      expect(host.status["word"]).toMatch(/pipeline.again && sudo systemctl restart --no-block groundwork-first-boot$/);
    });

    test("a page that the ingress does not know, or that nobody is behind", async () => {
      for (status of [404, 503]) {
        const { host } = await scene();
        expect(await impatient(host)).toBe(3);
        expect(host.status["word"]).toContain(`/ answers ${status}. To take the pipeline`);
      }
    });

    test("a SonarQube that somebody has given another password", async () => {
      const { host, sonarqube } = await scene();
      sonarqube.password = "of-somebody";
      expect(await impatient(host)).toBe(3);
      expect(host.status["word"]).toContain("neither the public password nor the one in");
      expect(sonarqube.changes).toBe(0);
    });

    test("and looks again without deploying a second time, after it was mended", async () => {
      const { host } = await scene();
      status = 503;
      expect(await impatient(host)).toBe(3);
      status = 302;
      expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    });
  });
});
