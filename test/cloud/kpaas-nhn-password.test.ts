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

describe("the password that a person brings in NHN mode", () => {
  let repository: InstallerRepository;
  const hosts: InstallHost[] = [];
  beforeAll(() => {
    repository = new InstallerRepository();
  });
  afterAll(() => {
    for (const { root } of hosts) root.remove();
    repository.remove();
  });

  /** A host whose boot ends with the installation: what stands is not what this is about. */
  function host(variables: string): InstallHost {
    const made = new InstallHost(repository, { variables, nfsAddress: "" });
    made.root.write("/usr/local/lib/kpaas/phases/verify", 'echo "kpaas: the cluster stands"\n');
    hosts.push(made);
    return made;
  }

  test("is waited for, with the word what to do, and is gone when the cluster has it", async () => {
    const one = host(VARIABLES);
    const boot = one.boot();
    const log = () => one.root.read("/var/log/kpaas/wait.log");
    while (!log().includes("kpaas: ")) await sleep(50);
    await sleep(300);
    expect(log()).toContain(`${FILE}: npm run kpaas -- nhn-password <stack>\n`);
    expect(one.status).toMatchObject({ phase: "wait", state: "running" });
    one.root.write(FILE, "planted", "0400");
    expect(await boot).toMatchObject({ state: "done" });
    expect(existsSync(one.root.path(FILE))).toBe(false);
  });

  test("stays while the installer may be run again", async () => {
    const one = host(VARIABLES);
    one.root.write(FILE, "planted", "0400");
    one.stumble("install");
    expect(await one.boot()).toMatchObject({ state: "failed", code: 3 });
    expect(one.root.read(FILE)).toBe("planted");
    one.root.write("/var/lib/kpaas/install.again", "");
    expect(await one.boot()).toMatchObject({ state: "done" });
    expect(existsSync(one.root.path(FILE))).toBe(false);
  });

  test("is asked for by no other cluster", async () => {
    const one = host(VARIABLES.replace(/^export NHN.*$/m, "export NHN_PASSWORD="));
    expect(await one.boot()).toMatchObject({ state: "done" });
    expect(one.root.read("/var/log/kpaas/wait.log")).not.toContain("nhn-password");
  });
});
