import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { SshTrust } from "@groundwork/constructs/kpaas/boot/ssh-trust";
import { freePort } from "@groundwork/tooling/ports";
import { BootRoot } from "../support/boot-root";
import { InstallHost } from "../support/kpaas-host";
import { InstallerRepository } from "../support/kpaas-installer";
import { Sshd, sshdHome } from "./support/sshd";

const NODES = [1, 2, 3].map((n) => ({ name: `lab-cluster${n}`, address: `127.0.0.1${n}` }));
const master = { name: "lab-cluster1", address: "127.0.0.11", publicAddress: "198.51.100.7" };
const home = sshdHome();
const checked = home === undefined ? test.skip : test;

/** Programs of a node that the installer asks for over ssh. */
const PROGRAMS = { "cloud-init": 'exit "$(cat "$ROOT/cloud-init-code" 2>/dev/null || echo 2)"', sudo: "exit 0" };

/** An install host and its nodes, the keys on their way over a real HTTP and a real SSH. */
class Cluster {
  static async make(repository: InstallerRepository): Promise<Cluster> {
    return new Cluster(repository, await freePort(), await freePort());
  }

  readonly host: InstallHost;
  readonly nodes: readonly BootRoot[];
  private readonly publisher: ChildProcess;
  private readonly daemons: Sshd[] = [];

  private constructor(
    repository: InstallerRepository,
    private readonly sshPort: number,
    keyPort: number,
  ) {
    const trust = SshTrust.createdAtFirstBoot({ installHost: master, nodes: NODES });
    this.host = new InstallHost(repository, { master, nodes: NODES, trust, nfsAddress: "" });
    const { root } = this.host;
    root.standIn("ssh", `exec /usr/bin/ssh -F /dev/null -p ${sshPort} -i "$ROOT/home/ubuntu/.ssh/id_rsa" "$@"`);
    this.nodes = NODES.slice(1).map(() => new BootRoot(CloudInit.ubuntu().with(trust.node).render(), PROGRAMS));
    for (const one of [root, ...this.nodes]) {
      const settings = one.read("/etc/kpaas/trust.env").replace(String(SshTrust.PORT), String(keyPort));
      one.write("/etc/kpaas/trust.env", settings);
    }
    root.standIn("cloud-init", "exit 1");
    this.publisher = spawn("python3", [root.path("/usr/local/lib/kpaas/publish-key.py")], {
      env: { ...process.env, INSTALL_ADDRESS: master.address, KEY_PORT: String(keyPort) },
      stdio: "ignore",
    });
  }

  /** Starts sshd on the n-th machine; 0 is the install host. */
  async openDoor(n: number): Promise<void> {
    const root = n === 0 ? this.host.root : this.nodes[n - 1];
    const address = NODES[n]?.address;
    if (root === undefined || address === undefined) throw new Error(`no machine ${n}`);
    this.daemons.push(await Sshd.start(home ?? "", root, address, this.sshPort, this.host.root.directory));
  }

  /** Runs the install host's boot as far as the nodes are waited for. */
  async wait(seconds: number): Promise<number | null> {
    const { root } = this.host;
    const steps = root.path("/usr/local/lib/groundwork/first-boot.d");
    const phase = root.path("/usr/local/lib/kpaas/phase");
    root.write("/wait", `bash ${steps}/*-ssh-key && exec bash ${phase} wait ${seconds}\n`);
    return root.run(root.path("/wait"), { POLL_SECONDS: "0.3" });
  }

  async end(): Promise<void> {
    this.publisher.kill();
    for (const daemon of this.daemons) await daemon.stop();
    for (const one of [this.host.root, ...this.nodes]) one.remove();
  }
}

describe("the installer's key, from the install host to a real sshd", () => {
  const repository = new InstallerRepository();
  const clusters: Cluster[] = [];
  async function cluster(): Promise<Cluster> {
    const made = await Cluster.make(repository);
    clusters.push(made);
    return made;
  }
  afterAll(async () => {
    for (const made of clusters) await made.end();
    repository.remove();
  });

  checked("opens every node once it has booted, whichever is last", async () => {
    const one = await cluster();
    await one.openDoor(0);
    await one.openDoor(1);
    const waiting = one.wait(120);
    const env = { POLL_SECONDS: "0.3", DEADLINE_SECONDS: "60" };
    const booting = one.nodes.map((node) => node.boot(env));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await one.openDoor(2);
    for (const boot of booting) expect(await boot).toMatchObject({ state: "done" });
    expect(await waiting).toBe(0);
    const known = one.host.root.read("/home/ubuntu/.ssh/known_hosts");
    for (const { address } of NODES) expect(known).toContain(`[${address}]:`);
    expect(known).not.toContain("ed25519");
    expect(one.host.calls("systemctl")).toEqual(["disable --now kpaas-public-key.service"]);
  });

  checked("opens nothing from an address that is not the cluster's", async () => {
    const one = await cluster();
    for (const n of [0, 1, 2]) await one.openDoor(n);
    const [, node] = one.nodes;
    node?.write(
      "/etc/kpaas/trust.env",
      node.read("/etc/kpaas/trust.env").replace(/(?<=KEY_FROM=').*(?=')/, "192.0.2.1"),
    );
    const waiting = one.wait(6);
    for (const each of one.nodes) await each.boot({ POLL_SECONDS: "0.3" });
    expect(await waiting).toBe(124);
    expect(one.host.status["word"]).toContain("waiting for lab-cluster3 (127.0.0.13): ssh does not get in yet");
  });

  checked("says at once that a node's cloud-init has failed", async () => {
    const one = await cluster();
    for (const n of [0, 1, 2]) await one.openDoor(n);
    one.nodes[0]?.write("/cloud-init-code", "1");
    const waiting = one.wait(60);
    for (const each of one.nodes) await each.boot({ POLL_SECONDS: "0.3" });
    expect(await waiting).toBe(1);
    expect(one.host.status["word"]).toContain("lab-cluster2 (127.0.0.12): its cloud-init failed");
  });
});
