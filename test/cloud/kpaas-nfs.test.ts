import { mkdirSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { NfsServer } from "@groundwork/constructs/kpaas/boot/nfs-server";
import { BootRoot } from "../support/boot-root";
import { transplant, unpacked } from "./support/unpacked";

const NODES = [1, 2, 3, 4].map((n) => ({ name: `lab-cluster${n}`, address: `192.168.7.${10 + n}` }));
const home = unpacked("nfs-server", ["nfs-kernel-server"]);
const checked = home === undefined ? test.skip : test;

/** A machine whose exportfs is the real one, with the machine's folder as its root. */
function server(): BootRoot {
  const boot = CloudInit.ubuntu().with(NfsServer.exportingTo({ nodes: NODES }));
  const root = new BootRoot(boot.render(), {
    exportfs: 'exec unshare --map-root-user --root="$ROOT" /usr/sbin/exportfs "$@"',
  });
  transplant(join(home ?? "", "usr/sbin/exportfs"), root.directory, "/usr/sbin/exportfs");
  for (const file of ["/var/lib/nfs/etab", "/etc/exports.d/.keep", "/proc/.keep"]) root.write(file, "");
  // Paths are led into the folder; seen from inside, that is the root itself.
  mkdirSync(dirname(root.path(root.directory)), { recursive: true });
  symlinkSync("/", root.path(root.directory));
  return root;
}

describe("the exports of an NFS server, read by the real exportfs", () => {
  const roots: BootRoot[] = [];
  afterAll(() => {
    for (const root of roots) root.remove();
  });
  function kept(): BootRoot {
    const root = server();
    roots.push(root);
    return root;
  }

  checked("name each node once, to write as root, and nobody else", async () => {
    const root = kept();
    expect(await root.boot()).toMatchObject({ code: 0, state: "done" });
    const told = root.read("/var/lib/nfs/etab").trim().split("\n");
    expect(told.map((line) => /([\d.]+)\(/.exec(line)?.[1]).sort()).toEqual(NODES.map(({ address }) => address));
    for (const line of told) expect(line).toMatch(/\(rw,async,.*,no_root_squash,/);
  });

  checked("are refused with a space before the options, so that its consent means something", async () => {
    const root = kept();
    root.write("/etc/kpaas/exports", root.read("/etc/kpaas/exports").replace("(", " ("));
    const { state, log } = await root.boot();
    expect(state).toBe("failed");
    expect(log).toContain("> *");
  });

  checked("are refused with an option that there is not", async () => {
    const root = kept();
    root.write("/etc/kpaas/exports", root.read("/etc/kpaas/exports").replace("no_root_squash", "root_squashed"));
    const { state, log } = await root.boot();
    expect(state).toBe("failed");
    expect(log).toContain('unknown keyword "root_squashed"');
  });
});

/** What the kernel was told; like the program, it says it in another order and with all defaults. */
const EXPORTFS = `case $1 in
  -ra) cp "$ROOT/etc/exports" "$ROOT/told" ;;
  -s) tac "$ROOT/told" | sed -E 's/ /  /; s/async/async,wdelay,hide,no_subtree_check/' ;;
esac`;

describe("an NFS server, really booted, whatever the kernel was told", () => {
  const roots: BootRoot[] = [];
  afterAll(() => {
    for (const root of roots) root.remove();
  });
  function told(exportfs = EXPORTFS): BootRoot {
    const boot = CloudInit.ubuntu().with(NfsServer.exportingTo({ nodes: NODES }));
    const root = new BootRoot(boot.render(), { exportfs });
    roots.push(root);
    return root;
  }

  test("makes the directory everybody's and exports it, whatever stood in the file before", async () => {
    const root = told();
    root.write("/etc/exports", "/srv *(rw)\n");
    expect(await root.boot()).toMatchObject({ code: 0, state: "done" });
    expect(statSync(root.path("/home/share/nfs")).mode & 0o777).toBe(0o777);
    expect(root.read("/etc/exports").split("\n")).toHaveLength(NODES.length + 1);
    expect(root.calls).toContain("systemctl restart rpcbind nfs-kernel-server");
  });

  test("fails when somebody else is exported to, too, and says who", async () => {
    const root = told(EXPORTFS.replace("-s)", '-s) echo "/srv  *(rw)";'));
    const { state, log } = await root.boot();
    expect(state).toBe("failed");
    expect(log).toContain("> *");
  });

  test("fails when a node is missing from what the kernel was told", async () => {
    const { state, log } = await told(EXPORTFS.replace("tac", "tail -n +2")).boot();
    expect(state).toBe("failed");
    expect(log).toContain("< 192.168.7.11");
  });
});
