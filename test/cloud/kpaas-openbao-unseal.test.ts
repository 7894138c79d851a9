import { statSync } from "node:fs";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { OpenBaoUnseal } from "@groundwork/constructs/kpaas/portal/openbao-unseal";
import { BootRoot } from "../support/boot-root";
import { OpenBao } from "../support/openbao";

const PROGRAMS = "/usr/local/lib/kpaas";
const KEYS = "/etc/kpaas/unseal-keys";
const boot = CloudInit.ubuntu().with(OpenBaoUnseal.byTimer());

describe("OpenBaoUnseal in a sandbox", () => {
  const ends: (() => unknown)[] = [];
  afterAll(async () => {
    for (const end of ends) await end();
  });

  async function createMachine() {
    const bao = await OpenBao.start();
    const root = new BootRoot(boot.render(), {
      kubectl: `[[ "$*" == *" --namespace=openbao port-forward --address=127.0.0.1 pod/openbao-0 :8200" ]] || exit 1
        [ ! -e "$ROOT/away" ] || { echo "error: pods openbao-0 not found" >&2; exit 1; }
        echo "Forwarding from 127.0.0.1:$(cat "$ROOT/port") -> 8200"; exec sleep 60`,
    });
    root.write("/port", String(bao.port));
    for (const directory of ["/root", "/run"]) root.write(`${directory}/.keep`, "");
    ends.push(
      () => bao.stop(),
      () => {
        root.remove();
      },
    );
    /** Runs the program of the timer; returns its exit code and output. */
    async function tick() {
      root.write(
        "/tick",
        `python3 ${root.path(`${PROGRAMS}/openbao-unseal.py`)} >${root.path("/output")} 2>&1; code=$?; cat ${root.path("/output")} >>${root.path("/all")}; exit $code`,
      );
      return { code: await root.run(root.path("/tick")), output: root.read("/output").trim() };
    }
    return { bao, root, tick };
  }
  async function createMachineWithKeys() {
    const machine = await createMachine();
    machine.root.write(KEYS, `${machine.bao.keys.slice(0, 2).join("\n")}\n`, "0600");
    return machine;
  }

  test("unseals with two of the three keys, and does nothing if OpenBao is unsealed", async () => {
    const { bao, tick } = await createMachineWithKeys();
    expect(await tick()).toEqual({ code: 0, output: "kpaas: OpenBao was sealed and has been unsealed" });
    expect(bao.sealed).toBe(false);
    expect(bao.attempts).toHaveLength(2);
    expect(await tick()).toEqual({ code: 0, output: "" });
    expect(bao.attempts).toHaveLength(2);
  });

  test("sends only as many keys as OpenBao requires", async () => {
    const { bao, root, tick } = await createMachineWithKeys();
    root.write(KEYS, `${bao.keys.join("\n")}\n`);
    expect(await tick()).toMatchObject({ code: 0 });
    expect(bao.attempts).toHaveLength(2);
  });

  test("unseals again after a restart of the pod", async () => {
    const { bao, tick } = await createMachineWithKeys();
    await tick();
    bao.restart();
    expect(await tick()).toMatchObject({ code: 0 });
    expect(bao.sealed).toBe(false);
  });

  test("discards an incomplete attempt", async () => {
    const { bao, root, tick } = await createMachineWithKeys();
    await fetch(`http://127.0.0.1:${bao.port}/v1/sys/unseal`, {
      method: "POST",
      body: JSON.stringify({ key: "11".repeat(33) }),
    });
    root.write(KEYS, `${bao.keys.slice(1).join("\n")}\n`);
    expect(await tick()).toMatchObject({ code: 0 });
    expect(bao.sealed).toBe(false);
  });

  test("reports wrong keys without printing them, and leaves no incomplete attempt", async () => {
    const { bao, root, tick } = await createMachineWithKeys();
    root.write(KEYS, `${bao.keys[0] ?? ""}\n${"ab".repeat(33)}\n`);
    const { code, output } = await tick();
    expect(code).toBe(1);
    expect(output).toMatch(/^kpaas: the keys in \S+ do not unseal OpenBao/);
    expect(bao.attempts.at(-1)).toBe('{"reset": true}');
    expect(bao.sealed).toBe(true);
  });

  test("reports too few keys", async () => {
    const { bao, root, tick } = await createMachineWithKeys();
    root.write(KEYS, `${bao.keys[0] ?? ""}\n`);
    expect((await tick()).output).toMatch(/OpenBao requires 2 keys, \S+ has 1/);
    expect(bao.attempts).toEqual([]);
  });

  test("fails while the pod does not exist, and while it does not respond", async () => {
    const { bao, root, tick } = await createMachineWithKeys();
    root.write("/away", "");
    expect(await tick()).toEqual({ code: 1, output: "kpaas: the pod openbao-0 cannot be reached" });
    root.write("/port", "1");
    root.standIn("kubectl", `echo "Forwarding from 127.0.0.1:1 -> 8200"; exec sleep 60`);
    expect((await tick()).output).toMatch(/^kpaas: OpenBao does not respond/);
    expect(bao.attempts).toEqual([]);
  });

  test("does not unseal an uninitialized OpenBao", async () => {
    const { bao, tick } = await createMachineWithKeys();
    bao.initialized = false;
    expect(await tick()).toMatchObject({ code: 1 });
    expect(bao.attempts).toEqual([]);
  });

  test("does nothing on a machine without keys", async () => {
    const { root, tick } = await createMachine();
    expect(await tick()).toEqual({ code: 0, output: "" });
    expect(root.calls).not.toContainEqual(expect.stringMatching(/^kubectl/));
  });

  test("prints no key and passes none as an argument", async () => {
    const { bao, root, tick } = await createMachineWithKeys();
    await tick();
    bao.restart();
    root.write(KEYS, `${bao.keys[0] ?? ""}\n${"ab".repeat(33)}\n`);
    await tick();
    const output = `${root.calls.join("\n")}${root.read("/all")}`;
    expect(output).toContain("port-forward");
    for (const key of [...bao.keys, "ab".repeat(33)]) expect(output).not.toContain(key);
  });

  describe("saves the portal's keys", () => {
    async function save(write: (keys: readonly string[]) => string) {
      const { bao, root } = await createMachine();
      const file = "/home/ubuntu/unseal-key";
      root.write(file, write(bao.keys));
      root.write(
        "/keep",
        `python3 ${root.path(`${PROGRAMS}/keep-unseal-keys.py`)} ${root.path(file)} >${root.path("/output")}`,
      );
      return { bao, root, file, code: await root.run(root.path("/keep")) };
    }

    test.each([
      [
        "without braces, as its script writes them",
        (keys: readonly string[]) => `"keys":${JSON.stringify(keys)},"keys_base64":["x"]`,
      ],
      ["complete", (keys: readonly string[]) => JSON.stringify({ keys, root_token: "s.x" })],
    ])("%s: two for the timer, the third separately, the original file shredded", async (_, write) => {
      const { bao, root, file, code } = await save(write);
      expect(code).toBe(0);
      expect(root.read(KEYS)).toBe(`${bao.keys.slice(0, 2).join("\n")}\n`);
      expect(root.read("/root/kpaas-openbao-share")).toBe(`${bao.keys[2] ?? ""}\n`);
      for (const path of [KEYS, "/root/kpaas-openbao-share"])
        expect(statSync(root.path(path)).mode & 0o777).toBe(0o600);
      expect(root.read(file)).toBe("");
    });

    test("keeps a file in an unknown format, and prints instructions", async () => {
      const { root, file, code } = await save(() => '"keys":[');
      expect(code).toBe(3);
      expect(root.read(file)).toBe('"keys":[');
      expect(root.read("/output")).toMatch(/write 2 of them, one per line, to/);
    });
  });
});
