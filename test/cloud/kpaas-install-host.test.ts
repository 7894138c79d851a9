import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { statSync } from "node:fs";
import type { InstallHostProps } from "@groundwork/constructs/kpaas/boot/install-host";
import { hostProps, InstallHost } from "../support/kpaas-host";
import { InstallerRepository } from "../support/kpaas-installer";

const CHECKOUT = "/home/ubuntu/cp-deployment";

describe("the first boot of an install host in a sandbox", () => {
  let repository: InstallerRepository;
  let ingress: Server;
  let ingressAddress: string;
  const hosts: InstallHost[] = [];

  beforeAll(async () => {
    repository = new InstallerRepository();
    ingress = createServer((_, response) => response.writeHead(404).end("default backend - 404")).listen(
      0,
      "127.0.0.1",
    );
    await once(ingress, "listening");
    ingressAddress = `127.0.0.1:${(ingress.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    ingress.close();
    repository.remove();
    for (const { root } of hosts) root.remove();
  });

  function host(props: Partial<InstallHostProps> = {}): InstallHost {
    const created = new InstallHost(repository, { ingressAddress, ...props });
    hosts.push(created);
    return created;
  }

  test("installs a cluster, without a terminal and unattended, despite failed downloads", async () => {
    const installHost = host();
    installHost.root.write("/nodes/192.168.7.13", "4");
    for (const program of ["apt", "git", "pip", "mount"]) installHost.failOnce(program);
    expect(await installHost.boot()).toMatchObject({ code: 0, state: "done" });
    expect(installHost.status).toMatchObject({
      phase: "verify",
      state: "done",
      word: "the cluster is ready",
      release: "v1.6.2",
    });
    expect(installHost.root.read("/var/lib/kpaas/state")).toBe("done\n");
    expect(installHost.calls("ansible-playbook")).toEqual(["-i hosts.yaml --become --become-user=root cluster.yml"]);
    expect(installHost.calls("systemctl").at(-1)).toBe("disable --now kpaas-public-key.service");
    for (const phase of ["wait", "prepare", "install", "verify"])
      expect(statSync(installHost.root.path(`/var/log/kpaas/${phase}.log`)).mode & 0o777).toBe(0o640);
    expect(installHost.root.read("/var/log/kpaas/wait.log")).toMatch(
      /lab-cluster3 \(192.168.7.13\): no SSH login yet[^]*still running/,
    );
  });

  test("changes nothing when it runs again", async () => {
    const installHost = host();
    await installHost.boot();
    const before = installHost.root.calls.length;
    expect(await installHost.boot()).toMatchObject({ state: "done" });
    expect(installHost.root.calls).toHaveLength(before);
  });

  test("prevents the installer from overwriting host keys, and resolves the name of master 1 to its private address", async () => {
    const installHost = host();
    installHost.root.write("/home/ubuntu/.ssh/known_hosts", "192.168.7.12 ssh-rsa AAAAother\n");
    await installHost.boot();
    expect(installHost.root.read("/etc/hosts").split("\n").slice(0, 3)).toEqual([
      "192.168.7.11 lab-cluster1",
      "198.51.100.7 lab-cluster1",
      "127.0.0.1 localhost",
    ]);
    expect(installHost.root.read("/home/ubuntu/.ssh/known_hosts")).toBe(
      "192.168.7.12 ssh-rsa AAAAother\nlab-cluster1 ssh-rsa AAAAhostkey\n",
    );
  });

  test("writes a kubeconfig with the private address, readable by root only", async () => {
    const installHost = host();
    await installHost.boot();
    expect(installHost.root.read("/etc/kpaas/kubeconfig")).toContain("server: https://192.168.7.11:6443\n");
    expect(statSync(installHost.root.path("/etc/kpaas/kubeconfig")).mode & 0o777).toBe(0o600);
    expect(statSync(installHost.root.path(`${CHECKOUT}/single/cp-cluster-vars.sh`)).mode & 0o777).toBe(0o600);
  });

  describe("requires each of its patches", () => {
    test.each(["terminal-install", "helm"])("%s", async (name) => {
      const { patches } = hostProps("");
      const installHost = host({ patches: patches.filter((patch) => patch.name !== name) });
      expect(await installHost.boot()).toMatchObject({ code: 3, state: "failed" });
      expect(installHost.status).toMatchObject({ phase: "install", state: "decision" });
    });
  });

  describe("after a power failure", () => {
    test.each(["wait", "mount", "apt", "git", "pip", "kubectl"])("at %s, resumes by itself", async (step) => {
      const installHost = host();
      installHost.cutAt(step);
      expect(await installHost.boot()).toMatchObject({ code: null, state: "running" });
      expect(await installHost.boot()).toMatchObject({ code: 0, state: "done" });
      expect(installHost.calls("ansible-playbook")).toHaveLength(1);
    });

    test("during the installation, asks for a decision and follows it", async () => {
      const installHost = host();
      installHost.cutAt("install");
      expect(await installHost.boot()).toMatchObject({ code: null, state: "running" });
      expect(await installHost.boot()).toMatchObject({ code: 3, state: "failed" });
      expect(installHost.status).toMatchObject({ phase: "install", state: "decision" });
      expect(installHost.status["word"]).toMatch(/was started and did not succeed.*sudo touch \S+install.again/);
      expect(installHost.calls("ansible-playbook")).toHaveLength(1);

      installHost.root.write("/var/lib/kpaas/install.again", "");
      expect(await installHost.boot()).toMatchObject({ code: 0, state: "done" });
      expect(installHost.calls("ansible-playbook").map((call) => call.split(" ").at(-1))).toEqual([
        "cluster.yml",
        "reset.yml",
        "cluster.yml",
      ]);
    });

    test("is resumed when the machine starts, unless it failed", async () => {
      const installHost = host();
      const resume = installHost.root.path("/usr/local/lib/kpaas/resume");
      await installHost.root.run(resume);
      expect(installHost.calls("systemctl")).toEqual([]);
      installHost.cutAt("apt");
      await installHost.boot();
      await installHost.root.run(resume);
      expect(installHost.calls("systemctl").at(-1)).toBe("start --no-block groundwork-first-boot.service");
      installHost.root.write("/var/lib/groundwork/first-boot", "failed\n");
      await installHost.root.run(resume);
      expect(installHost.calls("systemctl").filter((call) => call.startsWith("start "))).toHaveLength(1);
    });
  });

  test("does not repeat a failed installation", async () => {
    const installHost = host();
    installHost.failOnce("install");
    expect(await installHost.boot()).toMatchObject({ code: 3 });
    expect(installHost.status).toMatchObject({ phase: "install", state: "decision" });
    expect(installHost.status["word"]).toContain("playbook failed with exit code 2");
    expect(await installHost.boot()).toMatchObject({ code: 3 });
    expect(installHost.calls("ansible-playbook")).toHaveLength(1);
  });

  test("runs again without a decision after the installer has rejected its variables", async () => {
    const installHost = host({ variables: "export KUBE_CONTROL_HOSTS=\n" });
    expect(await installHost.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(installHost.status["word"]).toContain("rejected its variables with exit code 2");
    installHost.root.write(`${CHECKOUT}/single/cp-cluster-vars.sh`, hostProps("").variables);
    expect(await installHost.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test.each([
    ["failed", /first boot failed/],
    ["broken", /cloud-init failed/],
    ["strict", /no sudo without a password/],
  ])("reports at once which node is %s", async (state, message) => {
    const installHost = host();
    installHost.root.write("/nodes/192.168.7.12", state);
    expect(await installHost.boot()).toMatchObject({ state: "failed" });
    expect(installHost.status["word"]).toMatch(message);
    expect(installHost.status["word"]).toContain("lab-cluster2 (192.168.7.12)");
    expect(installHost.calls("git")).toEqual([]);
  });

  test("fails at the deadline of a phase, and reports what it was waiting for", async () => {
    const installHost = host();
    installHost.root.write("/nodes/192.168.7.14", "1000000");
    installHost.root.write("/now", `exec bash ${installHost.root.path("/usr/local/lib/kpaas/phase")} wait 2`);
    expect(await installHost.root.run(installHost.root.path("/now"), { POLL_SECONDS: "0.1" })).toBe(124);
    expect(installHost.status["word"]).toMatch(/not done within 2 seconds; waiting for lab-cluster4/);
  });

  test("rejects a commit other than the reviewed one", async () => {
    const installHost = host({ release: { ...hostProps("").release, commit: "0".repeat(40) } });
    expect(await installHost.boot()).toMatchObject({ code: 3 });
    expect(installHost.status).toMatchObject({ phase: "prepare", state: "decision" });
  });

  test("does not patch a file that differs from the reviewed version", async () => {
    const [patch] = hostProps("").patches;
    const installHost = host({
      patches: [{ ...patch, name: "gone", file: "single/cluster.yml", find: "tee", replace: "", reason: "" }],
    });
    expect(await installHost.boot()).toMatchObject({ state: "failed" });
    expect(installHost.status["word"]).toBe("patch gone: its text occurs 0 times in single/cluster.yml, not once");
  });

  describe("verifies the cluster and reports what is missing", () => {
    test.each([
      ["nodes", { items: [] }, /0 of 4 nodes are ready/],
      ["deployments,daemonsets-kyverno", { items: [] }, /nothing runs in kyverno/],
      ["storageclasses", { items: [{ metadata: { name: "cp-storageclass" } }] }, /is not the default/],
      ["persistentvolumeclaim", { status: { phase: "Pending" } }, /a claim on cp-storageclass is Pending/],
      ["service", { status: { loadBalancer: {} } }, /the ingress has no address instead of/],
    ])("%s", async (name, response, message) => {
      const installHost = host();
      installHost.root.write("/var/lib/kpaas/.keep", "");
      installHost.respond(name, response);
      installHost.root.write("/now", `exec bash ${installHost.root.path("/usr/local/lib/kpaas/phase")} verify 3`);
      expect(await installHost.root.run(installHost.root.path("/now"), { POLL_SECONDS: "0.1" })).toBe(124);
      expect(installHost.status["word"]).toMatch(message);
    });
  });
});
