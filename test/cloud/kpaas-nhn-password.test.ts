import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { InstallHost } from "../support/kpaas-host";
import { InstallerRepository } from "../support/kpaas-installer";

const FILE = "/etc/kpaas/nhn-password";
const VARIABLES = `export KUBE_CONTROL_HOSTS=1
export MASTER1_NODE_HOSTNAME=lab-cluster1
export MASTER1_NODE_PUBLIC_IP=198.51.100.7
export NHN_PASSWORD="$(cat ${FILE})"
`;

describe("the password for NHN Cloud's controller", () => {
  let repository: InstallerRepository;
  const hosts: InstallHost[] = [];
  beforeAll(() => {
    repository = new InstallerRepository();
  });
  afterAll(() => {
    for (const { root } of hosts) root.remove();
    repository.remove();
  });

  /** A host whose verification always succeeds. */
  function host(variables: string): InstallHost {
    const created = new InstallHost(repository, { variables, nfsAddress: "" });
    created.root.write("/usr/local/lib/kpaas/phases/verify", 'echo "kpaas: the cluster is ready"\n');
    hosts.push(created);
    return created;
  }

  test("is awaited with instructions, and its file is removed after the installation", async () => {
    const installHost = host(VARIABLES);
    const boot = installHost.boot();
    const log = () => installHost.root.read("/var/log/kpaas/wait.log");
    while (!log().includes("kpaas: ")) await sleep(50);
    await sleep(300);
    expect(log()).toContain(`${FILE}: npx groundwork kpaas nhn-password <stack>\n`);
    expect(installHost.status).toMatchObject({ phase: "wait", state: "running" });
    installHost.root.write(FILE, "planted", "0400");
    expect(await boot).toMatchObject({ state: "done" });
    expect(existsSync(installHost.root.path(FILE))).toBe(false);
  });

  test("is kept while the installer may run again", async () => {
    const installHost = host(VARIABLES);
    installHost.root.write(FILE, "planted", "0400");
    installHost.failOnce("install");
    expect(await installHost.boot()).toMatchObject({ state: "failed", code: 3 });
    expect(installHost.root.read(FILE)).toBe("planted");
    installHost.root.write("/var/lib/kpaas/install.again", "");
    expect(await installHost.boot()).toMatchObject({ state: "done" });
    expect(existsSync(installHost.root.path(FILE))).toBe(false);
  });

  test("is not requested for other clusters", async () => {
    const installHost = host(VARIABLES.replace(/^export NHN.*$/m, "export NHN_PASSWORD="));
    expect(await installHost.boot()).toMatchObject({ state: "done" });
    expect(installHost.root.read("/var/log/kpaas/wait.log")).not.toContain("nhn-password");
  });
});
