import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { SshTrust } from "@groundwork/constructs/kpaas/boot/ssh-trust";
import { freePort } from "@groundwork/tooling/ports";
import { BootRoot } from "../support/boot-root";

const INSTALL_HOST = { name: "lab-cluster1", address: "127.0.0.1" };
const NODES = [INSTALL_HOST, { name: "lab-cluster2", address: "192.168.7.12" }];
const trust = SshTrust.createdAtFirstBoot({ installHost: INSTALL_HOST, nodes: NODES });
const POLL = { POLL_SECONDS: "0.1", DEADLINE_SECONDS: "20" };

describe("SshTrust in a sandbox", () => {
  const roots: BootRoot[] = [];
  const servers: ChildProcess[] = [];
  afterAll(() => {
    for (const child of servers) child.kill();
    for (const root of roots) root.remove();
  });
  function rootOf(part: typeof trust.node, port: string): BootRoot {
    const root = new BootRoot(CloudInit.ubuntu().with(part).render());
    const settings = root.read("/etc/kpaas/trust.env");
    root.write("/etc/kpaas/trust.env", settings.replace(String(SshTrust.PORT), port));
    roots.push(root);
    return root;
  }
  /** Starts the program of the unit. */
  function publish(root: BootRoot, port: string): ChildProcess {
    const child = spawn(root.path("/.bin/python3"), [root.path("/usr/local/lib/kpaas/publish-key.py")], {
      env: { ...process.env, INSTALL_ADDRESS: "127.0.0.1", KEY_PORT: port },
      stdio: "ignore",
    });
    servers.push(child);
    return child;
  }

  test("generates a key on the install host and authorizes it on every node, unattended", async () => {
    const port = String(await freePort());
    const host = rootOf(trust.installHost, port);
    const node = rootOf(trust.node, port);
    node.write("/home/ubuntu/.ssh/authorized_keys", "ssh-ed25519 AAAAC3 operator\n");
    publish(host, port);

    const waiting = node.boot(POLL);
    expect(await host.boot()).toMatchObject({ code: 0, state: "done" });
    expect(await waiting).toMatchObject({ code: 0, state: "done" });

    const key = host.path("/home/ubuntu/.ssh/id_rsa");
    expect(readFileSync(key, "utf8")).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    expect(statSync(key).mode & 0o777).toBe(0o600);
    const publicKey = spawnSync("ssh-keygen", ["-y", "-P", "", "-f", key], { encoding: "utf8" }).stdout.trim();
    const text = publicKey.split(" ").slice(0, 2).join(" ");
    expect(node.read("/home/ubuntu/.ssh/authorized_keys")).toBe(
      `ssh-ed25519 AAAAC3 operator\nfrom="127.0.0.1,192.168.7.12" ${text} kpaas-installer\n`,
    );
    // The installer also connects to its own machine by SSH.
    expect(host.read("/home/ubuntu/.ssh/authorized_keys")).toContain(text);
    expect(statSync(node.path("/home/ubuntu/.ssh/authorized_keys")).mode & 0o777).toBe(0o600);
  });

  test("serves the public key and nothing else", async () => {
    const port = String(await freePort());
    const host = rootOf(trust.installHost, port);
    host.write("/var/lib/kpaas/installer.pub", "public\n");
    host.write("/home/ubuntu/.ssh/id_rsa", "private\n");
    publish(host, port);
    const get = (path: string) =>
      spawnSync(
        "curl",
        ["--silent", "--path-as-is", "--retry-connrefused", "--retry", "5", `http://127.0.0.1:${port}${path}`],
        {
          encoding: "utf8",
        },
      ).stdout;
    expect(get("/installer.pub")).toBe("public\n");
    for (const path of ["/", "/id_rsa", "/../../home/ubuntu/.ssh/id_rsa", "/installer.pub/../id_rsa"])
      expect(get(path)).toBe("");
  });

  test("keeps an existing key at later boots, and replaces an incomplete one", async () => {
    const host = rootOf(trust.installHost, "1");
    host.write("/home/ubuntu/.ssh/id_rsa.new", "half");
    await host.boot();
    const first = host.read("/home/ubuntu/.ssh/id_rsa");
    rmSync(host.path("/var/lib/groundwork"), { recursive: true });
    expect(await host.boot()).toMatchObject({ state: "done" });
    expect(host.read("/home/ubuntu/.ssh/id_rsa")).toBe(first);
    expect(host.read("/home/ubuntu/.ssh/authorized_keys").match(/kpaas-installer/g)).toHaveLength(1);
  });

  test("fails at its deadline, and names the log of the install host", async () => {
    const node = rootOf(trust.node, String(await freePort()));
    const { state, log } = await node.boot({ ...POLL, DEADLINE_SECONDS: "0" });
    expect(state).toBe("failed");
    expect(log).toContain("the install host at 127.0.0.1 served no key");
  });

  test.each([
    ["an HTML page", "<html></html>\n", /not the installer's public key/],
    ["two keys", "ssh-rsa AAAA kpaas-installer\nssh-rsa BBBB kpaas-installer\n", /not the installer's public key/],
    ["options before a key", 'command="x" ssh-rsa AAAA kpaas-installer\n', /not the installer's public key/],
  ])("rejects %s", async (_, text, message) => {
    const node = rootOf(trust.node, "1");
    node.write("/response", text);
    node.standIn("curl", `while [ "$1" != --output ]; do shift; done; cp "$ROOT/response" "$2"`);
    const { state, log } = await node.boot(POLL);
    expect(state).toBe("failed");
    expect(log).toMatch(message);
    expect(node.read("/home/ubuntu/.ssh/authorized_keys")).toBe("");
  });

  test("rejects a short key", async () => {
    const node = rootOf(trust.node, "1");
    spawnSync("ssh-keygen", [
      "-q",
      "-t",
      "rsa",
      "-b",
      "2048",
      "-N",
      "",
      "-C",
      "kpaas-installer",
      "-f",
      node.path("/short"),
    ]);
    node.standIn("curl", `while [ "$1" != --output ]; do shift; done; cp "$ROOT/short.pub" "$2"`);
    const { state, log } = await node.boot(POLL);
    expect(state).toBe("failed");
    expect(log).toContain("only 2048 bits");
  });

  test("installs a key of Terraform's and removes its file", async () => {
    const lab = SshTrust.keyInState({
      ...{ installHost: INSTALL_HOST, nodes: NODES },
      publicKey: "${TfToken[TOKEN.1]}",
      privateKeyBase64: "${TfToken[TOKEN.2]}",
    });
    const host = rootOf(lab.installHost, "1");
    spawnSync("ssh-keygen", ["-q", "-t", "rsa", "-b", "3072", "-m", "PEM", "-N", "", "-f", host.path("/key")]);
    const pem = host.read("/key");
    host.write("/etc/kpaas/installer-key", `${Buffer.from(pem).toString("base64")}\n`, "0600");
    expect(await host.boot()).toMatchObject({ state: "done" });
    expect(host.read("/home/ubuntu/.ssh/id_rsa")).toBe(pem);
    expect(host.read("/etc/kpaas/installer-key")).toBe("");
  });
});
