import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { installHostBoot } from "@groundwork/constructs/kpaas/boot/install-host";
import { Portal } from "@groundwork/constructs/kpaas/portal/portal";
import { kpaasCommand, readCommand } from "@groundwork/cli/kpaas/command";
import { freePort } from "@groundwork/tooling/ports";
import { parse } from "yaml";
import { BootRoot } from "../support/boot-root";
import { hostProps } from "../support/kpaas-host";
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

/** A machine with a real sshd. What is run there by ssh has its paths led into the machine's folder. */
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

  get place(): string {
    return `${this.address}:${this.port}`;
  }

  async start(): Promise<void> {
    const { root } = this;
    root.write("/home/ubuntu/.ssh/authorized_keys", readFileSync(`${this.key}.pub`, "utf8"));
    this.daemon = await Sshd.start(home ?? "", root, this.address, this.port, "/nowhere");
    const led = `s#(^|[^A-Za-z0-9.])/(var|etc|home|root)/#\\1${root.directory}/\\2/#g`;
    root.write(
      "/.login",
      `#!/bin/bash\nexport PATH=${root.path("/.bin")}:$PATH\nexec bash -c "$(sed -E '${led}' <<<"$SSH_ORIGINAL_COMMAND")"\n`,
      "0755",
    );
  }

  async stop(): Promise<void> {
    await this.daemon?.stop();
  }
}

/** An install host that boots in earnest, in phases of the test's own. */
function installHost(port: number, key: string): Machine {
  const { master, ...props } = hostProps("of no meaning");
  const portal = Portal.of({ cloud: "nhn", masterAddress: master.publicAddress, hostDomain: DOMAIN });
  const variables = `${props.variables}${NHN}`;
  const machine = new Machine(HOST, port, installHostBoot({ ...props, master, variables, portal }), key);
  const steps = machine.root.path("/usr/local/lib/groundwork/first-boot.d");
  for (const step of readdirSync(steps)) if (!/-(wait|install|portal)$/.test(step)) rmSync(join(steps, step));
  return machine;
}

describe("npm run kpaas, with a real ssh and a real sshd", () => {
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
    const outputs = { bastion: value(bastion.place), installHost: value(host.place), domain: value(DOMAIN) };
    for (const [stack, state] of [
      [STACK, { outputs }],
      ["lab-openstack", undefined],
    ] as const) {
      const folder = join(output, "stacks", stack);
      mkdirSync(folder, { recursive: true });
      const terraform = { backend: { local: { path: `../../../${stack}.tfstate` } } };
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform, output: outputs }));
      if (state !== undefined) writeFileSync(join(directory, `${stack}.tfstate`), JSON.stringify(state));
    }
  });
  afterAll(async () => {
    for (const machine of machines) {
      await machine.stop();
      machine.root.remove();
    }
    rmSync(directory, { recursive: true });
  });

  /** Does what a person types, and answers all of what they see. */
  async function kpaas(
    words: readonly string[],
    options: Parameters<typeof readCommand>[1] = {},
    surroundings: Partial<Parameters<typeof kpaasCommand>[1]> = {},
  ) {
    const said: string[] = [];
    const code = await kpaasCommand(readCommand(words, { identity: key, ...options }), {
      say: (line) => said.push(line),
      password: () => Promise.resolve(PASSWORD),
      abort: new AbortController().signal,
      ...{ output, work, everyMs: 200 },
      ...surroundings,
    }).catch((error: unknown) => (error as Error).message);
    return { code, said: said.join("\n") };
  }

  const phase = (name: string, script: string) => {
    host.root.write(`/usr/local/lib/kpaas/phases/${name}`, script);
  };
  const direct = () => ({ bastion: host.place, "install-host": host.place });
  const boot = () => host.root.boot({ POLL_SECONDS: "0.2" });

  checked("says that a stack is not deployed, and that a machine is not reachable yet", async () => {
    expect((await kpaas(["status", "lab-openstack"])).code).toMatch(/^lab-openstack is not deployed, .*--bastion/);
    expect((await kpaas(["status", STACK])).code).toMatch(
      /^lab-nhn: 127\.0\.0\.31 is not reachable yet \(.*\); it does not run, or .*/,
    );
  });

  checked("follows a boot from before its sshd listens, through a bastion, until a person has to decide", async () => {
    const marked = (mark: string) => `until [ -e ${host.root.path(mark)} ]; do sleep 0.1; done`;
    phase("wait", `echo "kpaas: waiting for lab-cluster2"; ${marked("/ready")}\n`);
    phase(
      "install",
      `printf "TASK [\\033[31mkube\\033[0m]\\n"; ${marked("/broken")}\necho "kpaas: broken; sudo touch $(echo again)"; exit 3\n`,
    );
    const lines: string[] = [];
    const heard = (words: RegExp) => until(() => words.test(lines.at(-1) ?? ""));
    const waiting = kpaas(["wait", STACK], {}, { say: (line) => lines.push(line) });
    await heard(/: no answer yet \(ssh: connect to host 127\.0\.0\.21 port \d+: Connection refused\)/);
    await bastion.start();
    await host.start();
    await heard(/: the first boot has not begun; cloud-init: running$/);
    const booting = boot();
    await heard(/: wait running for \d s: waiting for lab-cluster2$/);
    await host.stop();
    await heard(/: no answer yet/);
    await host.start();
    host.root.write("/ready", "");
    await heard(/: install running for \d s$/);
    host.root.write("/broken", "");
    await booting;
    const { code } = await waiting;
    expect(code).toMatch(/^lab-nhn: install needs a decision after \d s: broken; sudo touch again\n/);
    expect(code).toContain("  | TASK [kube]\n");
    expect(code).toMatch(/goes on where it stopped: ssh -F \S+ 127\.0\.0\.31 'sudo systemctl restart --no-block/);
    expect((await kpaas(["status", STACK])).said).toBe(String(code).split("\n")[0]);
  });

  checked("goes on after it is mended, without a bastion, to the portal's address, and shows no secret", async () => {
    phase("install", 'echo "kpaas: the installer has ended well"\n');
    phase("portal", 'echo "kpaas: bad luck"; exit 7\n');
    host.root.write("/etc/kpaas/portal-secrets.json", JSON.stringify({ PORTAL_ADMIN_PASSWORD: PASSWORD }));
    host.root.write("/root/kpaas-openbao-share", "a part of a key");
    await boot();
    expect((await kpaas(["wait", STACK], direct())).code).toMatch(/^lab-nhn: portal failed after \d s: bad luck\n/);
    phase("portal", 'echo "kpaas: the portal stands"\n');
    await boot();
    const { code, said } = await kpaas(["wait", STACK], direct());
    expect(code).toBe(0);
    expect(said).toContain(`https://portal.${DOMAIN}, user admin`);
    expect(said).toMatch(/ssh -F \S+ 127\.0\.0\.31 'sudo jq -r \.PORTAL_ADMIN_PASSWORD \S+'/);
    expect(said).toMatch(/take away: .*kpaas-openbao-share/);
    expect(said).toContain(`npm run kpaas -- kubeconfig ${STACK}`);
    for (const secret of [PASSWORD, "a part of a key"]) expect(said).not.toContain(secret);
    expect(await kpaas(["status", STACK])).toMatchObject({ code: 0 });
  });

  checked("shows a phase's log, follows it until it is told to end, and knows no other phase", async () => {
    expect((await kpaas(["logs", STACK, "install"])).said).toMatch(/^== \S+ install\nTASK \[kube\]\n[^]*ended well$/);
    expect((await kpaas(["logs", STACK, "instal"])).code).toMatch(/instal is no phase, or has not begun/);
    const controller = new AbortController();
    const said: string[] = [];
    const following = kpaas(
      ["logs", STACK],
      { follow: true },
      { abort: controller.signal, say: (line) => said.push(line) },
    );
    await until(() => said.length > 0);
    const log = "/var/log/kpaas/portal.log";
    host.root.write(log, `${host.root.read(log)}one more\n`);
    await until(() => said.includes("one more"));
    controller.abort(new Error("interrupted"));
    expect((await following).code).toBe("interrupted");
  });

  checked("brings the password of NHN Cloud where no list of processes and no file of ours shows it", async () => {
    const seen = new Set<string>();
    const watch = setInterval(() => {
      for (const text of processWords()) seen.add(text);
    }, 5);
    const { code, said } = await kpaas(["nhn-password", STACK]);
    clearInterval(watch);
    expect(code).toBe(0);
    expect(said).toContain("has the password");
    expect([...seen].some((text) => text.includes("NHN_PASSWORD"))).toBe(true);
    for (const text of [...seen, said, ...filesBelow(work), ...filesBelow(host.root.path("/var/log"))])
      expect(text).not.toContain(PASSWORD);
    expect(host.root.read("/etc/kpaas/nhn-password")).toBe(PASSWORD);
    expect(statSync(host.root.path("/etc/kpaas/nhn-password")).mode & 0o777).toBe(0o400);
    expect(existsSync(host.root.path("/etc/kpaas/nhn-password.new"))).toBe(false);

    const nothing = await kpaas(["nhn-password", STACK], {}, { password: () => Promise.resolve("") });
    expect(nothing.code).toBe("the password is empty; nothing was sent");
    host.root.write("/var/lib/kpaas/install.ended", "");
    expect((await kpaas(["nhn-password", STACK])).code).toMatch(/is installed and needs the file no longer/);
    host.root.write("/etc/kpaas/cp-cluster-vars.sh", "export NHN_PASSWORD=\n");
    expect((await kpaas(["nhn-password", STACK])).code).toMatch(/asks for no password of NHN Cloud/);
  });

  checked(
    "fetches the kubeconfig into a file of its owner's alone, and says the tunnel that it leads through",
    async () => {
      expect((await kpaas(["kubeconfig", STACK])).code).toMatch(/there is no kubeconfig on 127\.0\.0\.31 yet/);
      host.root.write("/home/ubuntu/.kube/config", KUBECONFIG);
      const { code, said } = await kpaas(["kubeconfig", STACK]);
      const file = join(work, `${STACK}.kubeconfig`);
      expect(code).toBe(0);
      expect(said).toContain(`export KUBECONFIG=${file}`);
      expect(said).not.toContain("c2VjcmV0");
      expect(statSync(file).mode & 0o777).toBe(0o600);

      const other = join(directory, "other");
      const tunneled = await kpaas(["kubeconfig", STACK], { file: other, port: "17001" });
      expect(tunneled.said).toMatch(/ssh -N -L 127\.0\.0\.1:17001:192\.168\.7\.11:6443 -F \S+ 127\.0\.0\.31/);
      expect(parse(readFileSync(other, "utf8"))).toMatchObject({
        "current-context": STACK,
        clusters: [{ cluster: { server: "https://127.0.0.1:17001", "tls-server-name": "kubernetes.default.svc" } }],
      });
      expect(readdirSync(directory).filter((name) => name.endsWith(".new"))).toEqual([]);
    },
  );

  checked("gives up at once when a key is refused, by the bastion or behind it", async () => {
    const options = { identity: `${key}-other` };
    const begun = Date.now();
    expect((await kpaas(["wait", STACK], options)).code).toMatch(/^ubuntu@127\.0\.0\.21 refuses the key/);
    host.root.write("/home/ubuntu/.ssh/authorized_keys", readFileSync(`${key}-other.pub`, "utf8"));
    expect((await kpaas(["wait", STACK])).code).toMatch(/^ubuntu@127\.0\.0\.31 refuses the key; .*--identity <file>/);
    host.root.write("/home/ubuntu/.ssh/authorized_keys", readFileSync(`${key}.pub`, "utf8"));
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  checked("gives up at once when a host key has changed, and says how to go on when that is right", async () => {
    await host.stop();
    for (const name of ["hostkey", "hostkey.pub"]) rmSync(host.root.path(`/${name}`));
    await host.start();
    const { code } = await kpaas(["wait", STACK]);
    expect(code).toMatch(/^\[127\.0\.0\.31\]:\d+ shows another host key than at the first meeting/);
    const [, remedy = ""] = /made anew: (ssh-keygen .*?); if not/.exec(String(code)) ?? [];
    spawnSync("bash", ["-c", remedy]);
    expect(await kpaas(["status", STACK])).toMatchObject({ code: 0 });
  });

  checked("gives up when nobody answers where nothing can boot", async () => {
    const folder = join(output, "stacks", "local-nhn");
    mkdirSync(folder);
    writeFileSync(join(folder, "cdk.tf.json"), "{}");
    await host.stop();
    expect((await kpaas(["wait", "local-nhn"], direct())).code).toMatch(/the local cloud runs no machines/);
  });
});

/** Command lines and environments of all processes of this machine, but for our own. */
function processWords(): readonly string[] {
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
