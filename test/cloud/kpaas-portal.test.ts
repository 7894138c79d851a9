import { statSync } from "node:fs";
import type { PortalProps } from "@groundwork/constructs/kpaas/portal/portal";
import { Keycloak } from "../support/keycloak";
import { InstallerRepository } from "../support/kpaas-installer";
import { DEFAULTS, DOMAIN, PortalHost } from "../support/kpaas-portal";
import { OpenBao } from "../support/openbao";

const PASSWORD = ["of", "the", "administrator"].join("-");
const DEPLOYMENT = "/home/ubuntu/workspace/container-platform/cp-portal-deployment";

describe("the phases of the portal in a sandbox", () => {
  let repository: InstallerRepository;
  const ends: (() => unknown)[] = [];
  beforeAll(() => {
    repository = new InstallerRepository();
  });
  afterAll(async () => {
    repository.remove();
    for (const end of ends) await end();
  });

  async function createHost(props: Partial<PortalProps> = {}) {
    const bao = await OpenBao.start();
    const keycloak = await Keycloak.start(PASSWORD);
    const host = new PortalHost(repository, bao, keycloak, props);
    host.administrator(PASSWORD);
    ends.push(
      () => bao.stop(),
      () => keycloak.stop(),
      () => {
        host.root.remove();
      },
    );
    return { bao, keycloak, host };
  }

  test("deploy it, unseal OpenBao, and configure the realm like the lab", async () => {
    const { bao, keycloak, host } = await createHost();
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(bao.sealed).toBe(false);
    expect(keycloak.configs.get("limiter-config")).toMatchObject({ userClientLimit: "-1" });
    expect(host.status).toMatchObject({ phase: "keycloak", state: "done" });
    const deployed = host.root.read("/portal");
    for (const line of [
      "K8S_MASTER_NODE_IP=198.51.100.7",
      "K8S_CLUSTER_API_SERVER=https://198.51.100.7:6443",
      "K8S_STORAGECLASS=cp-storageclass",
      "HOST_CLUSTER_IAAS_TYPE=4",
      `HOST_DOMAIN=${DOMAIN}`,
      `KEYCLOAK_URL=https://keycloak.${DOMAIN}`,
    ])
      expect(deployed).toContain(`${line}\n`);
  });

  test("replace every public default by a generated secret, readable by root only and never printed", async () => {
    const { host, keycloak } = await createHost();
    await host.boot();
    const path = "/etc/kpaas/portal-secrets.json";
    const secrets = JSON.parse(host.root.read(path)) as Record<string, string>;
    expect(statSync(host.root.path(path)).mode & 0o777).toBe(0o600);
    expect(statSync(host.root.path(`${DEPLOYMENT}/script/cp-portal-vars.sh`)).mode & 0o777).toBe(0o600);
    for (const [name, value] of Object.entries(DEFAULTS)) {
      expect(secrets[name]).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(host.root.read("/portal")).toContain(`${name}=${secrets[name] ?? ""}\n`);
      expect(secrets[name]).not.toBe(value);
    }
    expect(new Set(Object.values(secrets)).size).toBe(6);
    expect(keycloak.passwords.get("first")).toBe(secrets["PORTAL_ADMIN_PASSWORD"]);
    for (const secret of Object.values(secrets)) expect(host.output).not.toContain(secret);
  });

  test("record the checksum of the archive, and reject an archive with another one", async () => {
    const { host } = await createHost();
    await host.boot();
    expect(host.root.read("/var/lib/kpaas/portal.sha256").trim()).toBe(host.checksum);

    const { host: other } = await createHost({ sha256: "0".repeat(64) });
    expect(await other.boot()).toMatchObject({ code: 3 });
    expect(other.status["word"]).toContain(`has checksum ${other.checksum} instead of 000`);
    expect(other.root.read("/portal")).toBe("");
  });

  test("execute nothing of an archive without a checksum until a person confirms it on the machine", async () => {
    const { host } = await createHost();
    host.root.write("/etc/kpaas/portal.sha256", "");
    expect(await host.boot()).toMatchObject({ code: 3 });
    expect(host.status["word"]).toContain(`echo ${host.checksum} | sudo tee`);
    expect(host.root.read("/portal")).toBe("");
    // The recorded checksum alone confirms nothing.
    expect(await host.boot()).toMatchObject({ code: 3 });
    host.confirm();
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test("compare an archive with the checksum of its first download", async () => {
    const { host } = await createHost();
    host.root.write("/etc/kpaas/portal.sha256", "");
    await host.boot();
    host.root.write("/portal.tar.gz", "another archive");
    expect(await host.boot()).toMatchObject({ code: 3 });
    expect(host.status["word"]).toContain(`instead of ${host.checksum}, that of the first download`);
    expect(host.root.read("/var/lib/kpaas/portal.sha256").trim()).toBe(host.checksum);
    expect(host.root.read("/portal")).toBe("");
  });

  test("after a power failure during the deployment: save the keys, ask for a decision, and follow it", async () => {
    const { host, bao } = await createHost();
    host.cutAt("portal");
    expect(await host.boot()).toMatchObject({ code: null, state: "running" });
    expect(await host.boot()).toMatchObject({ code: 3, state: "failed" });
    expect(host.status).toMatchObject({ phase: "portal", state: "decision" });
    expect(host.status["word"]).toMatch(/was started and did not succeed.*sudo touch \S+portal.again/);
    expect(host.root.read("/etc/kpaas/unseal-keys")).toBe(`${bao.keys.slice(0, 2).join("\n")}\n`);

    host.root.write("/var/lib/kpaas/portal.again", "");
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test.each([
    ["during the verification", "kubectl-deployments"],
    ["while unsealing OpenBao", "kubectl-port-forward"],
    ["while configuring Keycloak", "kubectl-secret"],
  ])("after a power failure %s: resume by themselves", async (_, step) => {
    const { host, bao, keycloak } = await createHost();
    host.cutAt(step);
    expect(await host.boot()).toMatchObject({ code: null, state: "running" });
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(bao.sealed).toBe(false);
    expect(keycloak.configs.get("limiter-config")).toMatchObject({ userClientLimit: "-1" });
  });

  test("do not repeat the deployment, and wait until all of it is available", async () => {
    const { host } = await createHost();
    host.respond("deployments-cp-portal", { items: [] });
    host.root.write("/now", `exec bash ${host.root.path("/usr/local/lib/kpaas/phase")} portal 5`);
    expect(await host.root.run(host.root.path("/now"), { POLL_SECONDS: "0.1" })).toBe(124);
    expect(host.status["word"]).toContain("deployments of the portal are not available: api, catalog-api");
    const fresh = await createHost();
    host.respond("deployments-cp-portal", JSON.parse(fresh.host.root.read("/kube/deployments-cp-portal.json")));
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test("fail when the portal's variables differ from the reviewed ones", async () => {
    const { host } = await createHost();
    host.root.write(`${DEPLOYMENT}/script/cp-portal-vars.sh`, "OTHER=1\n");
    expect(await host.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(host.status["word"]).toContain("K8S_MASTER_NODE_IP occurs 0 times");
  });
});
