import { type ChildProcess, spawn } from "node:child_process";
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

/** Stand-ins for programs of a node that the installer calls by SSH. */
const PROGRAMS = { "cloud-init": 'exit "$(cat "$ROOT/cloud-init-code" 2>/dev/null || echo 2)"', sudo: "exit 0" };

/** An install host and its nodes, with real HTTP and SSH between them. */
class Cluster {
  static async create(repository: InstallerRepository): Promise<Cluster> {
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
    for (const machine of [root, ...this.nodes]) {
      const settings = machine.read("/etc/kpaas/trust.env").replace(String(SshTrust.PORT), String(keyPort));
      machine.write("/etc/kpaas/trust.env", settings);
    }
    root.standIn("cloud-init", "exit 1");
    this.publisher = spawn("python3", [root.path("/usr/local/lib/kpaas/publish-key.py")], {
      env: { ...process.env, INSTALL_ADDRESS: master.address, KEY_PORT: String(keyPort) },
      stdio: "ignore",
    });
  }

  /** Starts sshd on the n-th machine; 0 is the install host. */
  async startSshd(n: number): Promise<void> {
    const root = n === 0 ? this.host.root : this.nodes[n - 1];
    const address = NODES[n]?.address;
    if (root === undefined || address === undefined) throw new Error(`no machine ${n}`);
    this.daemons.push(await Sshd.start(home ?? "", root, address, this.sshPort, this.host.root.directory));
  }

  /** Runs the phase `wait` of the install host. */
  async wait(seconds: number): Promise<number | null> {
    const { root } = this.host;
    const steps = root.path("/usr/local/lib/groundwork/first-boot.d");
    const phase = root.path("/usr/local/lib/kpaas/phase");
    root.write("/wait", `bash ${steps}/*-ssh-key && exec bash ${phase} wait ${seconds}\n`);
    return root.run(root.path("/wait"), { POLL_SECONDS: "0.3" });
  }

  async stop(): Promise<void> {
    this.publisher.kill();
    for (const daemon of this.daemons) await daemon.stop();
    for (const machine of [this.host.root, ...this.nodes]) machine.remove();
  }
}

describe("the installer's key with a real sshd", () => {
  const repository = new InstallerRepository();
  const clusters: Cluster[] = [];
  async function cluster(): Promise<Cluster> {
    const created = await Cluster.create(repository);
    clusters.push(created);
    return created;
  }
  afterAll(async () => {
    for (const created of clusters) await created.stop();
    repository.remove();
  });

  checked("gives access to every node, including one that starts late", async () => {
    const created = await cluster();
    await created.startSshd(0);
    await created.startSshd(1);
    const waiting = created.wait(120);
    const env = { POLL_SECONDS: "0.3", DEADLINE_SECONDS: "60" };
    const booting = created.nodes.map((node) => node.boot(env));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await created.startSshd(2);
    for (const boot of booting) expect(await boot).toMatchObject({ state: "done" });
    expect(await waiting).toBe(0);
    const known = created.host.root.read("/home/ubuntu/.ssh/known_hosts");
    for (const { address } of NODES) expect(known).toContain(`[${address}]:`);
    expect(known).not.toContain("ed25519");
    expect(created.host.calls("systemctl")).toEqual(["disable --now kpaas-public-key.service"]);
  });

  checked("gives no access from an address outside of the cluster", async () => {
    const created = await cluster();
    for (const n of [0, 1, 2]) await created.startSshd(n);
    const [, node] = created.nodes;
    node?.write(
      "/etc/kpaas/trust.env",
      node.read("/etc/kpaas/trust.env").replace(/(?<=KEY_FROM=').*(?=')/, "192.0.2.1"),
    );
    const waiting = created.wait(6);
    for (const each of created.nodes) await each.boot({ POLL_SECONDS: "0.3" });
    expect(await waiting).toBe(124);
    expect(created.host.status["word"]).toContain("waiting for lab-cluster3 (127.0.0.13): no SSH login yet");
  });

  checked("reports at once that cloud-init of a node has failed", async () => {
    const created = await cluster();
    for (const n of [0, 1, 2]) await created.startSshd(n);
    created.nodes[0]?.write("/cloud-init-code", "1");
    const waiting = created.wait(60);
    for (const each of created.nodes) await each.boot({ POLL_SECONDS: "0.3" });
    expect(await waiting).toBe(1);
    expect(created.host.status["word"]).toContain("lab-cluster2 (127.0.0.12): its cloud-init failed");
  });
});
