import { printable } from "@groundwork/tooling/printable";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { installHostBoot } from "@groundwork/constructs/kpaas/boot/install-host";
import { Portal } from "@groundwork/constructs/kpaas/portal/portal";
import { type KPaasCommand, type KPaasVerb, readHostAddress } from "@groundwork/cli/kpaas/arguments";
import { kpaasCommand, type KPaasContext } from "@groundwork/cli/kpaas/command";
import { freePort } from "@groundwork/tooling/ports";
import { parse } from "yaml";
import { BootRoot } from "../support/boot-root";
import { hostProps } from "../support/kpaas-host";
import { synthesizedApp } from "../support/synthesized-app";
import { Sshd, sshdHome } from "./support/sshd";

const STACK = "lab-nhn";
const BASTION = "127.0.0.21";
const HOST = "127.0.0.31";
const DOMAIN = "198.51.100.7.nip.io";
const PASSWORD = ["hun", "ter2 of a $(user)"].join("");
const NHN = `export NHN_PASSWORD="$(cat /etc/kpaas/nhn-password)"\n`;
const PROGRAMS = {
  sudo: 'while [[ $1 == -* ]]; do shift; done; exec "$@"',
  "cloud-init": 'echo "status: $(cat "$ROOT/cloud-init" 2>/dev/null || echo running)"',
};
const KUBECONFIG = `apiVersion: v1
clusters: [{name: cluster.local, cluster: {certificate-authority-data: Q0E=, server: "https://198.51.100.7:6443"}}]
users: [{name: admin, user: {client-key-data: c2VjcmV0}}]
`;

const home = sshdHome();
const checked = home === undefined ? test.skip : test;

/** A machine with a real sshd. Absolute paths in commands that ssh runs are replaced by paths in the machine's directory. */
class Machine {
  readonly root: BootRoot;
  private daemon: Sshd | undefined;

  constructor(
    readonly address: string,
    readonly port: number,
    boot: CloudInit,
    private readonly key: string,
  ) {
    this.root = new BootRoot(boot.render(), PROGRAMS);
  }

  get endpoint(): string {
    return `${this.address}:${this.port}`;
  }

  async start(): Promise<void> {
    const { root } = this;
    root.write("/home/ubuntu/.ssh/authorized_keys", readFileSync(`${this.key}.pub`, "utf8"));
    this.daemon = await Sshd.start(home ?? "", root, this.address, this.port, "/nowhere");
    const replacement = `s#(^|[^A-Za-z0-9.])/(var|etc|home|root)/#\\1${root.directory}/\\2/#g`;
    root.write(
      "/.login",
      `#!/bin/bash\nexport PATH=${root.path("/.bin")}:$PATH\nexec bash -c "$(sed -E '${replacement}' <<<"$SSH_ORIGINAL_COMMAND")"\n`,
      "0755",
    );
  }

  async stop(): Promise<void> {
    await this.daemon?.stop();
  }
}

/** An install host that boots in earnest, in phases of the test's own. */
function installHost(port: number, key: string): Machine {
  const { master, ...props } = hostProps("0123456789abcdef0123456789abcdef01234567");
  const portal = Portal.of({ cloud: "nhn", masterAddress: master.publicAddress, hostDomain: DOMAIN });
  const variables = `${props.variables}${NHN}`;
  const machine = new Machine(HOST, port, installHostBoot({ ...props, master, variables, portal }), key);
  const steps = machine.root.path("/usr/local/lib/groundwork/first-boot.d");
  for (const step of readdirSync(steps)) if (!/-(wait|install|portal)$/.test(step)) rmSync(join(steps, step));
  return machine;
}

describe("npx groundwork kpaas, with a real ssh and a real sshd", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-operator-"));
  const output = join(directory, "cdktf.out");
  const work = join(directory, "work");
  const key = join(directory, "key");
  const machines: Machine[] = [];
  let host: Machine;
  let bastion: Machine;

  beforeAll(async () => {
    for (const name of [key, `${key}-other`]) spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", name]);
    bastion = new Machine(BASTION, await freePort(), CloudInit.ubuntu(), key);
    host = installHost(await freePort(), key);
    machines.push(host, bastion);
    const value = (text: string) => ({ value: text, type: "string" });
    const outputs = { bastion: value(bastion.endpoint), installHost: value(host.endpoint), domain: value(DOMAIN) };
    const declared = (stack: string) => ({
      terraform: { backend: { local: { path: `../../../${stack}.tfstate` } } },
      output: outputs,
    });
    synthesizedApp(
      {
        [STACK]: declared(STACK),
        "lab-openstack": declared("lab-openstack"),
        "local-nhn": { variable: { local_openstack_endpoint: {} } },
      },
      {},
      output,
    );
    writeFileSync(join(directory, `${STACK}.tfstate`), JSON.stringify({ outputs }));
  });
  afterAll(async () => {
    for (const machine of machines) {
      await machine.stop();
      machine.root.remove();
    }
    rmSync(directory, { recursive: true });
  });

  /** Runs the command and returns its exit code or error, and its output. */
  async function kpaas(
    [verb, stack, phase]: readonly [KPaasVerb, string, string?],
    options: Partial<KPaasCommand> = {},
    context: Partial<KPaasContext> = {},
  ) {
    const lines: string[] = [];
    const code = await kpaasCommand(
      { verb, stack, phase, identity: key, ...options },
      {
        log: (line) => lines.push(line),
        password: () => Promise.resolve(PASSWORD),
        abort: new AbortController().signal,
        output,
        work,
        intervalMs: 200,
        ...context,
      },
    ).catch((error: unknown) => (error as Error).message.split("\n").map(printable).join("\n"));
    return { code, output: lines.map(printable).join("\n") };
  }

  const phase = (name: string, script: string) => {
    host.root.write(`/usr/local/lib/kpaas/phases/${name}`, script);
  };
  const addressOf = (machine: Machine) => readHostAddress("the test's machine", machine.endpoint);
  const direct = () => ({ bastion: addressOf(host), installHost: addressOf(host) });
  const boot = () => host.root.boot({ POLL_SECONDS: "0.2" });

  checked("reports that a stack is not deployed, and that a machine is not reachable yet", async () => {
    expect((await kpaas(["status", "lab-openstack"])).code).toMatch(
      /^the state of lab-openstack contains no deployment: .*--bastion/,
    );
    expect((await kpaas(["status", STACK])).code).toMatch(
      /^lab-nhn: no connection to 127\.0\.0\.31 \(.*\); it does not run, or .*/,
    );
  });

  checked(
    "follows a boot from before its sshd listens, through a bastion, until the operator has to decide",
    async () => {
      const marked = (mark: string) => `until [ -e ${host.root.path(mark)} ]; do sleep 0.1; done`;
      phase("wait", `echo "kpaas: waiting for lab-cluster2"; ${marked("/ready")}\n`);
      phase(
        "install",
        `printf "TASK [\\033[31mkube\\033[0m]\\n"; ${marked("/broken")}\necho "kpaas: broken; sudo touch $(echo again)"; exit 3\n`,
      );
      const lines: string[] = [];
      const logged = (text: RegExp) => until(() => text.test(lines.at(-1) ?? ""));
      const waiting = kpaas(["wait", STACK], {}, { log: (line) => lines.push(line) });
      await logged(/: no connection \(ssh: connect to host 127\.0\.0\.21 port \d+: Connection refused\)/);
      await bastion.start();
      await host.start();
      await logged(/: the first boot has not started; cloud-init: running$/);
      const booting = boot();
      await logged(/: wait running for \d s: waiting for lab-cluster2$/);
      await host.stop();
      await logged(/: no connection/);
      await host.start();
      host.root.write("/ready", "");
      await logged(/: install running for \d s$/);
      host.root.write("/broken", "");
      await booting;
      const { code } = await waiting;
      expect(code).toMatch(/^lab-nhn: install needs a decision after \d s: broken; sudo touch again\n/);
      expect(code).toContain("  | TASK [kube]\n");
      expect(code).toMatch(
        /resume the installation where it stopped: ssh -F \S+ 127\.0\.0\.31 'sudo systemctl restart --no-block/,
      );
      expect((await kpaas(["status", STACK])).output).toBe(String(code).split("\n")[0]);
    },
  );

  checked("resumes after a fix, without a bastion, up to the portal's address, and prints no secret", async () => {
    phase("install", 'echo "kpaas: the installer has succeeded"\n');
    phase("portal", 'echo "kpaas: no luck"; exit 7\n');
    host.root.write("/etc/kpaas/portal-secrets.json", JSON.stringify({ PORTAL_ADMIN_PASSWORD: PASSWORD }));
    host.root.write("/root/kpaas-openbao-share", "a part of a key");
    await boot();
    expect((await kpaas(["wait", STACK], direct())).code).toMatch(/^lab-nhn: portal failed after \d s: no luck\n/);
    phase("portal", 'echo "kpaas: the portal runs"\n');
    await boot();
    const { code, output: text } = await kpaas(["wait", STACK], direct());
    expect(code).toBe(0);
    expect(text).toContain(`https://portal.${DOMAIN}, user admin`);
    expect(text).toMatch(/ssh -F \S+ 127\.0\.0\.31 'sudo jq -r \.PORTAL_ADMIN_PASSWORD \S+'/);
    expect(text).toMatch(/key share: .*kpaas-openbao-share/);
    expect(text).toContain(`npx groundwork kpaas kubeconfig ${STACK}`);
    for (const secret of [PASSWORD, "a part of a key"]) expect(text).not.toContain(secret);
    expect(await kpaas(["status", STACK])).toMatchObject({ code: 0 });
  });

  checked("prints a phase's log, follows it until it is aborted, and rejects an unknown phase", async () => {
    expect((await kpaas(["logs", STACK, "install"])).output).toMatch(/^== \S+ install\nTASK \[kube\]\n[^]*succeeded$/);
    expect((await kpaas(["logs", STACK, "instal"])).code).toMatch(/instal is not a phase, or has not started/);
    const controller = new AbortController();
    const lines: string[] = [];
    const following = kpaas(
      ["logs", STACK],
      { follow: true },
      { abort: controller.signal, log: (line) => lines.push(line) },
    );
    await until(() => lines.length > 0);
    const log = "/var/log/kpaas/portal.log";
    host.root.write(log, `${host.root.read(log)}one more\n`);
    await until(() => lines.includes("one more"));
    controller.abort(new Error("interrupted"));
    expect((await following).code).toBe("interrupted");
  });

  checked(
    "stores the password of NHN Cloud without showing it in a process list or a file of this machine",
    async () => {
      const seen = new Set<string>();
      const watch = setInterval(() => {
        for (const text of processTexts()) seen.add(text);
      }, 5);
      const { code, output: text } = await kpaas(["nhn-password", STACK]);
      clearInterval(watch);
      expect(code).toBe(0);
      expect(text).toContain("has stored the password");
      expect([...seen].some((text) => text.includes("NHN_PASSWORD"))).toBe(true);
      for (const shown of [...seen, text, ...filesBelow(work), ...filesBelow(host.root.path("/var/log"))])
        expect(shown).not.toContain(PASSWORD);
      expect(host.root.read("/etc/kpaas/nhn-password")).toBe(PASSWORD);
      expect(statSync(host.root.path("/etc/kpaas/nhn-password")).mode & 0o777).toBe(0o400);
      expect(existsSync(host.root.path("/etc/kpaas/nhn-password.new"))).toBe(false);

      const nothing = await kpaas(["nhn-password", STACK], {}, { password: () => Promise.resolve("") });
      expect(nothing.code).toBe("the password is empty; nothing was sent");
      host.root.write("/var/lib/kpaas/install.ended", "");
      expect((await kpaas(["nhn-password", STACK])).code).toMatch(/is installed and no longer needs the file/);
      host.root.write("/etc/kpaas/cp-cluster-vars.sh", "export NHN_PASSWORD=\n");
      expect((await kpaas(["nhn-password", STACK])).code).toMatch(/does not require a password of NHN Cloud/);
    },
  );

  checked("writes the kubeconfig to a file that only its owner can read, and prints the tunnel", async () => {
    expect((await kpaas(["kubeconfig", STACK])).code).toMatch(/127\.0\.0\.31 has no kubeconfig yet/);
    host.root.write("/home/ubuntu/.kube/config", KUBECONFIG);
    const { code, output: text } = await kpaas(["kubeconfig", STACK]);
    const file = join(work, `${STACK}.kubeconfig`);
    expect(code).toBe(0);
    expect(text).toContain(`export KUBECONFIG=${file}`);
    expect(text).not.toContain("c2VjcmV0");
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const other = join(directory, "other");
    const tunneled = await kpaas(["kubeconfig", STACK], { file: other, port: 17_001 });
    expect(tunneled.output).toMatch(/ssh -N -L 127\.0\.0\.1:17001:192\.168\.7\.11:6443 -F \S+ 127\.0\.0\.31/);
    expect(parse(readFileSync(other, "utf8"))).toMatchObject({
      "current-context": STACK,
      clusters: [{ cluster: { server: "https://127.0.0.1:17001", "tls-server-name": "kubernetes.default.svc" } }],
    });
    expect(readdirSync(directory).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  checked("fails at once when the bastion or the machine behind it rejects the key", async () => {
    const options = { identity: `${key}-other` };
    const start = Date.now();
    expect((await kpaas(["wait", STACK], options)).code).toMatch(/^ubuntu@127\.0\.0\.21 rejects the key/);
    host.root.write("/home/ubuntu/.ssh/authorized_keys", readFileSync(`${key}-other.pub`, "utf8"));
    expect((await kpaas(["wait", STACK])).code).toMatch(/^ubuntu@127\.0\.0\.31 rejects the key; .*--identity <file>/);
    host.root.write("/home/ubuntu/.ssh/authorized_keys", readFileSync(`${key}.pub`, "utf8"));
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  checked("fails at once when a host key has changed, with the command that accepts the new key", async () => {
    await host.stop();
    for (const name of ["hostkey", "hostkey.pub"]) rmSync(host.root.path(`/${name}`));
    await host.start();
    const { code } = await kpaas(["wait", STACK]);
    expect(code).toMatch(/^the host key of \[127\.0\.0\.31\]:\d+ has changed/);
    const [, remedy = ""] = /recreated: (ssh-keygen .*?); if not/.exec(String(code)) ?? [];
    spawnSync("bash", ["-c", remedy]);
    expect(await kpaas(["status", STACK])).toMatchObject({ code: 0 });
  });

  checked("fails for a machine of the local cloud, where nothing boots", async () => {
    await host.stop();
    expect((await kpaas(["wait", "local-nhn"], direct())).code).toMatch(/the local cloud runs no machines/);
  });
});

/** Command lines and environments of all processes of this machine, but for our own. */
function processTexts(): readonly string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return pids.flatMap((pid) => ["cmdline", "environ"].map((name) => textOf(`/proc/${pid}/${name}`)));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => textOf(join(folder, name)));
}

/** Processes end while they are looked at; folders have no text. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 100) throw new Error("it never came to this");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
