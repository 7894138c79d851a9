import { statSync } from "node:fs";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { OpenBaoUnseal } from "@groundwork/constructs/kpaas/portal/openbao-unseal";
import { BootRoot } from "../support/boot-root";
import { OpenBao } from "../support/openbao";

const PROGRAMS = "/usr/local/lib/kpaas";
const KEYS = "/etc/kpaas/unseal-keys";
const boot = CloudInit.ubuntu().with(OpenBaoUnseal.byTimer());

describe("OpenBaoUnseal, really run", () => {
  const ends: (() => unknown)[] = [];
  afterAll(async () => {
    for (const end of ends) await end();
  });

  async function scene() {
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
    /** Runs what the timer runs, and what it said. */
    async function tick() {
      root.write(
        "/tick",
        `python3 ${root.path(`${PROGRAMS}/openbao-unseal.py`)} >${root.path("/said")} 2>&1; code=$?; cat ${root.path("/said")} >>${root.path("/all")}; exit $code`,
      );
      return { code: await root.run(root.path("/tick")), said: root.read("/said").trim() };
    }
    return { bao, root, tick };
  }
  async function keyed() {
    const made = await scene();
    made.root.write(KEYS, `${made.bao.keys.slice(0, 2).join("\n")}\n`, "0600");
    return made;
  }

  test("opens with two of the three keys, and leaves alone what is open", async () => {
    const { bao, tick } = await keyed();
    expect(await tick()).toEqual({ code: 0, said: "kpaas: OpenBao was sealed and is open" });
    expect(bao.sealed).toBe(false);
    expect(bao.attempts).toHaveLength(2);
    expect(await tick()).toEqual({ code: 0, said: "" });
    expect(bao.attempts).toHaveLength(2);
  });

  test("sends as many as are wanted, whatever it has", async () => {
    const { bao, root, tick } = await keyed();
    root.write(KEYS, `${bao.keys.join("\n")}\n`);
    expect(await tick()).toMatchObject({ code: 0 });
    expect(bao.attempts).toHaveLength(2);
  });

  test("opens again after the pod was started anew", async () => {
    const { bao, tick } = await keyed();
    await tick();
    bao.restart();
    expect(await tick()).toMatchObject({ code: 0 });
    expect(bao.sealed).toBe(false);
  });

  test("begins anew where somebody has left half an attempt behind", async () => {
    const { bao, root, tick } = await keyed();
    await fetch(`http://127.0.0.1:${bao.port}/v1/sys/unseal`, {
      method: "POST",
      body: JSON.stringify({ key: "11".repeat(33) }),
    });
    root.write(KEYS, `${bao.keys.slice(1).join("\n")}\n`);
    expect(await tick()).toMatchObject({ code: 0 });
    expect(bao.sealed).toBe(false);
  });

  test("says that keys do not fit, without saying them, and leaves no half an attempt behind", async () => {
    const { bao, root, tick } = await keyed();
    root.write(KEYS, `${bao.keys[0] ?? ""}\n${"ab".repeat(33)}\n`);
    const { code, said } = await tick();
    expect(code).toBe(1);
    expect(said).toMatch(/^kpaas: the keys in \S+ do not open OpenBao/);
    expect(bao.attempts.at(-1)).toBe('{"reset": true}');
    expect(bao.sealed).toBe(true);
  });

  test("says that there are too few keys", async () => {
    const { bao, root, tick } = await keyed();
    root.write(KEYS, `${bao.keys[0] ?? ""}\n`);
    expect((await tick()).said).toMatch(/OpenBao wants 2 keys, \S+ has 1/);
    expect(bao.attempts).toEqual([]);
  });

  test("fails while the pod is away, and while it does not answer", async () => {
    const { bao, root, tick } = await keyed();
    root.write("/away", "");
    expect(await tick()).toEqual({ code: 1, said: "kpaas: the pod openbao-0 cannot be reached" });
    root.write("/port", "1");
    root.standIn("kubectl", `echo "Forwarding from 127.0.0.1:1 -> 8200"; exec sleep 60`);
    expect((await tick()).said).toMatch(/^kpaas: OpenBao does not answer/);
    expect(bao.attempts).toEqual([]);
  });

  test("leaves one alone that was never set up", async () => {
    const { bao, tick } = await keyed();
    bao.initialized = false;
    expect(await tick()).toMatchObject({ code: 1 });
    expect(bao.attempts).toEqual([]);
  });

  test("is quiet on a machine that has no keys yet", async () => {
    const { root, tick } = await scene();
    expect(await tick()).toEqual({ code: 0, said: "" });
    expect(root.calls).not.toContainEqual(expect.stringMatching(/^kubectl/));
  });

  test("lets no key into an argument or a word", async () => {
    const { bao, root, tick } = await keyed();
    await tick();
    bao.restart();
    root.write(KEYS, `${bao.keys[0] ?? ""}\n${"ab".repeat(33)}\n`);
    await tick();
    const said = `${root.calls.join("\n")}${root.read("/all")}`;
    expect(said).toContain("port-forward");
    for (const key of [...bao.keys, "ab".repeat(33)]) expect(said).not.toContain(key);
  });

  describe("puts the portal's keys away", () => {
    async function kept(write: (keys: readonly string[]) => string) {
      const { bao, root } = await scene();
      const file = "/home/ubuntu/unseal-key";
      root.write(file, write(bao.keys));
      root.write(
        "/keep",
        `python3 ${root.path(`${PROGRAMS}/keep-unseal-keys.py`)} ${root.path(file)} >${root.path("/said")}`,
      );
      return { bao, root, file, code: await root.run(root.path("/keep")) };
    }

    test.each([
      [
        "without braces, as its script leaves them",
        (keys: readonly string[]) => `"keys":${JSON.stringify(keys)},"keys_base64":["x"]`,
      ],
      ["whole", (keys: readonly string[]) => JSON.stringify({ keys, root_token: "s.x" })],
    ])("%s: two for the timer, the third apart, the file shredded", async (_, write) => {
      const { bao, root, file, code } = await kept(write);
      expect(code).toBe(0);
      expect(root.read(KEYS)).toBe(`${bao.keys.slice(0, 2).join("\n")}\n`);
      expect(root.read("/root/kpaas-openbao-share")).toBe(`${bao.keys[2] ?? ""}\n`);
      for (const path of [KEYS, "/root/kpaas-openbao-share"])
        expect(statSync(root.path(path)).mode & 0o777).toBe(0o600);
      expect(root.read(file)).toBe("");
    });

    test("leaves a file that it cannot read where it is, and says what a person has to do", async () => {
      const { root, file, code } = await kept(() => '"keys":[');
      expect(code).toBe(3);
      expect(root.read(file)).toBe('"keys":[');
      expect(root.read("/said")).toMatch(/put 2 of them, one a line, into/);
    });
  });
});
