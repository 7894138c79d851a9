import { createServer } from "node:http";
import type { Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { statSync } from "node:fs";
import type { InstallHostProps } from "@groundwork/constructs/kpaas/boot/install-host";
import { hostProps, InstallHost } from "../support/kpaas-host";
import { InstallerRepository } from "../support/kpaas-installer";

const CHECKOUT = "/home/ubuntu/cp-deployment";

describe("the first boot of an install host, really run", () => {
  let repository: InstallerRepository;
  let ingress: Server;
  let ingressAddress: string;
  const hosts: InstallHost[] = [];

  beforeAll(async () => {
    repository = new InstallerRepository();
    ingress = createServer((_, answer) => answer.writeHead(404).end("default backend - 404")).listen(0, "127.0.0.1");
    await once(ingress, "listening");
    ingressAddress = `127.0.0.1:${(ingress.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    ingress.close();
    repository.remove();
    for (const { root } of hosts) root.remove();
  });

  function host(props: Partial<InstallHostProps> = {}): InstallHost {
    const made = new InstallHost(repository, { ingressAddress, ...props });
    hosts.push(made);
    return made;
  }

  test("goes from nothing to a cluster that stands, without a terminal and without a person", async () => {
    const one = host();
    one.root.write("/nodes/192.168.7.13", "4");
    for (const program of ["apt", "git", "pip", "mount"]) one.stumble(program);
    expect(await one.boot()).toMatchObject({ code: 0, state: "done" });
    expect(one.status).toMatchObject({ phase: "verify", state: "done", word: "the cluster stands", release: "v1.6.2" });
    expect(one.root.read("/var/lib/kpaas/state")).toBe("done\n");
    expect(one.calls("ansible-playbook")).toEqual(["-i hosts.yaml --become --become-user=root cluster.yml"]);
    expect(one.calls("systemctl").at(-1)).toBe("disable --now kpaas-public-key.service");
    for (const phase of ["wait", "prepare", "install", "verify"])
      expect(statSync(one.root.path(`/var/log/kpaas/${phase}.log`)).mode & 0o777).toBe(0o640);
    expect(one.root.read("/var/log/kpaas/wait.log")).toMatch(
      /lab-cluster3 \(192.168.7.13\): ssh does not[^]*still going on/,
    );
  });

  test("changes nothing when it is run again", async () => {
    const one = host();
    await one.boot();
    const before = one.root.calls.length;
    expect(await one.boot()).toMatchObject({ state: "done" });
    expect(one.root.calls).toHaveLength(before);
  });

  test("keeps the installer from writing over the keys of hosts, and reaches master 1 by its name inside of the network", async () => {
    const one = host();
    one.root.write("/home/ubuntu/.ssh/known_hosts", "192.168.7.12 ssh-rsa AAAAother\n");
    await one.boot();
    expect(one.root.read("/etc/hosts").split("\n").slice(0, 3)).toEqual([
      "192.168.7.11 lab-cluster1",
      "198.51.100.7 lab-cluster1",
      "127.0.0.1 localhost",
    ]);
    expect(one.root.read("/home/ubuntu/.ssh/known_hosts")).toBe(
      "192.168.7.12 ssh-rsa AAAAother\nlab-cluster1 ssh-rsa AAAAhostkey\n",
    );
  });

  test("leaves a way to the cluster inside of the network to its own units, readable to root alone", async () => {
    const one = host();
    await one.boot();
    expect(one.root.read("/etc/kpaas/kubeconfig")).toContain("server: https://192.168.7.11:6443\n");
    expect(statSync(one.root.path("/etc/kpaas/kubeconfig")).mode & 0o777).toBe(0o600);
    expect(statSync(one.root.path(`${CHECKOUT}/single/cp-cluster-vars.sh`)).mode & 0o777).toBe(0o600);
  });

  describe("needs each of its patches", () => {
    test.each(["terminal-install", "helm"])("%s", async (name) => {
      const { patches } = hostProps("");
      const one = host({ patches: patches.filter((patch) => patch.name !== name) });
      expect(await one.boot()).toMatchObject({ code: 3, state: "failed" });
      expect(one.status).toMatchObject({ phase: "install", state: "decision" });
    });
  });

  describe("whose power is cut", () => {
    test.each(["wait", "mount", "apt", "git", "pip", "kubectl"])("at %s, goes on by itself", async (place) => {
      const one = host();
      one.cutAt(place);
      expect(await one.boot()).toMatchObject({ code: null, state: "running" });
      expect(await one.boot()).toMatchObject({ code: 0, state: "done" });
      expect(one.calls("ansible-playbook")).toHaveLength(1);
    });

    test("while it installs, says what a person has to decide, and does what he has decided", async () => {
      const one = host();
      one.cutAt("install");
      expect(await one.boot()).toMatchObject({ code: null, state: "running" });
      expect(await one.boot()).toMatchObject({ code: 3, state: "failed" });
      expect(one.status).toMatchObject({ phase: "install", state: "decision" });
      expect(one.status["word"]).toMatch(/begun and did not end well.*sudo touch \S+install.again/);
      expect(one.calls("ansible-playbook")).toHaveLength(1);

      one.root.write("/var/lib/kpaas/install.again", "");
      expect(await one.boot()).toMatchObject({ code: 0, state: "done" });
      expect(one.calls("ansible-playbook").map((call) => call.split(" ").at(-1))).toEqual([
        "cluster.yml",
        "reset.yml",
        "cluster.yml",
      ]);
    });

    test("is gone on with when the machine starts again, unless it failed", async () => {
      const one = host();
      const resume = one.root.path("/usr/local/lib/kpaas/resume");
      await one.root.run(resume);
      expect(one.calls("systemctl")).toEqual([]);
      one.cutAt("apt");
      await one.boot();
      await one.root.run(resume);
      expect(one.calls("systemctl").at(-1)).toBe("start --no-block groundwork-first-boot.service");
      one.root.write("/var/lib/groundwork/first-boot", "failed\n");
      await one.root.run(resume);
      expect(one.calls("systemctl").filter((call) => call.startsWith("start "))).toHaveLength(1);
    });
  });

  test("does not run a failed installation a second time over itself", async () => {
    const one = host();
    one.stumble("install");
    expect(await one.boot()).toMatchObject({ code: 3 });
    expect(one.status).toMatchObject({ phase: "install", state: "decision" });
    expect(one.status["word"]).toContain("playbook failed with 2");
    expect(await one.boot()).toMatchObject({ code: 3 });
    expect(one.calls("ansible-playbook")).toHaveLength(1);
  });

  test("runs again without asking after the installer has refused its variables: nothing has happened yet", async () => {
    const one = host({ variables: "export KUBE_CONTROL_HOSTS=\n" });
    expect(await one.boot()).toMatchObject({ code: 1, state: "failed" });
    expect(one.status["word"]).toContain("refused its variables with 2");
    one.root.write(`${CHECKOUT}/single/cp-cluster-vars.sh`, hostProps("").variables);
    expect(await one.boot()).toMatchObject({ code: 0, state: "done" });
  });

  test.each([
    ["failed", /first boot failed/],
    ["broken", /cloud-init failed/],
    ["strict", /may not become root/],
  ])("says at once which node is %s", async (state, words) => {
    const one = host();
    one.root.write("/nodes/192.168.7.12", state);
    expect(await one.boot()).toMatchObject({ state: "failed" });
    expect(one.status["word"]).toMatch(words);
    expect(one.status["word"]).toContain("lab-cluster2 (192.168.7.12)");
    expect(one.calls("git")).toEqual([]);
  });

  test("gives up when the time of a phase is over, and says what it was waiting for", async () => {
    const one = host();
    one.root.write("/nodes/192.168.7.14", "1000000");
    one.root.write("/now", `exec bash ${one.root.path("/usr/local/lib/kpaas/phase")} wait 2`);
    expect(await one.root.run(one.root.path("/now"), { POLL_SECONDS: "0.1" })).toBe(124);
    expect(one.status["word"]).toMatch(/not done within 2 seconds; waiting for lab-cluster4/);
  });

  test("does not take another commit than the one that was looked through", async () => {
    const one = host({ release: { ...hostProps("").release, commit: "0".repeat(40) } });
    expect(await one.boot()).toMatchObject({ code: 3 });
    expect(one.status).toMatchObject({ phase: "prepare", state: "decision" });
  });

  test("does not patch a file that is another one than it was", async () => {
    const [patch] = hostProps("").patches;
    const one = host({
      patches: [{ ...patch, name: "gone", file: "single/cluster.yml", find: "tee", replace: "", reason: "" }],
    });
    expect(await one.boot()).toMatchObject({ state: "failed" });
    expect(one.status["word"]).toBe("patch gone: its text stands 0 times in single/cluster.yml, not once");
  });

  describe("looks whether the cluster stands, and says what is missing", () => {
    test.each([
      ["nodes", { items: [] }, /0 of 4 nodes are ready/],
      ["deployments,daemonsets-kyverno", { items: [] }, /nothing runs in kyverno/],
      ["storageclasses", { items: [{ metadata: { name: "cp-storageclass" } }] }, /is not the default/],
      ["persistentvolumeclaim", { status: { phase: "Pending" } }, /a claim on cp-storageclass is Pending/],
      ["service", { status: { loadBalancer: {} } }, /the ingress has no address instead of/],
    ])("%s", async (name, answer, words) => {
      const one = host();
      one.root.write("/var/lib/kpaas/.keep", "");
      one.answers(name, answer);
      one.root.write("/now", `exec bash ${one.root.path("/usr/local/lib/kpaas/phase")} verify 3`);
      expect(await one.root.run(one.root.path("/now"), { POLL_SECONDS: "0.1" })).toBe(124);
      expect(one.status["word"]).toMatch(words);
    });
  });
});
