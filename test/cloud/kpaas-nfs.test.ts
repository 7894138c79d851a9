import { mkdirSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { NfsServer } from "@groundwork/constructs/kpaas/boot/nfs-server";
import { BootRoot } from "../support/boot-root";
import { transplant, unpacked } from "./support/unpacked";

const NODES = [1, 2, 3, 4].map((n) => ({ name: `lab-cluster${n}`, address: `192.168.7.${10 + n}` }));
const home = unpacked("nfs-server", ["nfs-kernel-server"]);
const checked = home === undefined ? test.skip : test;

/** A machine with the real exportfs, which uses the machine's directory as its root. */
function server(): BootRoot {
  const boot = CloudInit.ubuntu().with(NfsServer.exportingTo({ nodes: NODES }));
  const root = new BootRoot(boot.render(), {
    exportfs: 'exec unshare --map-root-user --root="$ROOT" /usr/sbin/exportfs "$@"',
  });
  transplant(join(home ?? "", "usr/sbin/exportfs"), root.directory, "/usr/sbin/exportfs");
  for (const file of ["/var/lib/nfs/etab", "/etc/exports.d/.keep", "/proc/.keep"]) root.write(file, "");
  // Paths are rewritten to the directory, which is / for exportfs.
  mkdirSync(dirname(root.path(root.directory)), { recursive: true });
  symlinkSync("/", root.path(root.directory));
  return root;
}

describe("the exports of an NFS server with the real exportfs", () => {
  const roots: BootRoot[] = [];
  afterAll(() => {
    for (const root of roots) root.remove();
  });
  function createServer(): BootRoot {
    const root = server();
    roots.push(root);
    return root;
  }

  checked("contain each node once, with root access, and no other client", async () => {
    const root = createServer();
    expect(await root.boot()).toMatchObject({ code: 0, state: "done" });
    const exported = root.read("/var/lib/nfs/etab").trim().split("\n");
    expect(exported.map((line) => /([\d.]+)\(/.exec(line)?.[1]).sort()).toEqual(NODES.map(({ address }) => address));
    for (const line of exported) expect(line).toMatch(/\(rw,async,.*,no_root_squash,/);
  });

  checked("are rejected with a space before the options, so that acceptance is meaningful", async () => {
    const root = createServer();
    root.write("/etc/kpaas/exports", root.read("/etc/kpaas/exports").replace("(", " ("));
    const { state, log } = await root.boot();
    expect(state).toBe("failed");
    expect(log).toContain("> *");
  });

  checked("are rejected with an unknown option", async () => {
    const root = createServer();
    root.write("/etc/kpaas/exports", root.read("/etc/kpaas/exports").replace("no_root_squash", "root_squashed"));
    const { state, log } = await root.boot();
    expect(state).toBe("failed");
    expect(log).toContain('unknown keyword "root_squashed"');
  });
});

/** Stand-in for exportfs; like the program, it lists exports in another order and with all defaults. */
const EXPORTFS = `case $1 in
  -ra) cp "$ROOT/etc/exports" "$ROOT/exports" ;;
  -s) tac "$ROOT/exports" | sed -E 's/ /  /; s/async/async,wdelay,hide,no_subtree_check/' ;;
esac`;

describe("the first boot of an NFS server in a sandbox", () => {
  const roots: BootRoot[] = [];
  afterAll(() => {
    for (const root of roots) root.remove();
  });
  function sandbox(exportfs = EXPORTFS): BootRoot {
    const boot = CloudInit.ubuntu().with(NfsServer.exportingTo({ nodes: NODES }));
    const root = new BootRoot(boot.render(), { exportfs });
    roots.push(root);
    return root;
  }

  test("creates a world-writable directory and replaces an existing exports file", async () => {
    const root = sandbox();
    root.write("/etc/exports", "/srv *(rw)\n");
    expect(await root.boot()).toMatchObject({ code: 0, state: "done" });
    expect(statSync(root.path("/home/share/nfs")).mode & 0o777).toBe(0o777);
    expect(root.read("/etc/exports").split("\n")).toHaveLength(NODES.length + 1);
    expect(root.calls).toContain("systemctl restart rpcbind nfs-kernel-server");
  });

  test("fails when another client has an export, and reports it", async () => {
    const root = sandbox(EXPORTFS.replace("-s)", '-s) echo "/srv  *(rw)";'));
    const { state, log } = await root.boot();
    expect(state).toBe("failed");
    expect(log).toContain("> *");
  });

  test("fails when the export of a node is missing", async () => {
    const { state, log } = await sandbox(EXPORTFS.replace("tac", "tail -n +2")).boot();
    expect(state).toBe("failed");
    expect(log).toContain("< 192.168.7.11");
  });
});
