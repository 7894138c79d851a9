import { Unreachable } from "@groundwork/cli/kpaas/ssh-errors";
import { printable, readSight } from "@groundwork/cli/kpaas/installation-status";
import type { Remote } from "@groundwork/cli/kpaas/ssh";
import type { WaitProps } from "@groundwork/cli/kpaas/wait";
import { waitForInstallation } from "@groundwork/cli/kpaas/wait";
import { sightInWords } from "@groundwork/cli/kpaas/messages";

const NOW = Date.parse("2026-01-01T02:00:00Z");

/** What a look prints of a machine whose first boot began two hours ago. */
function found(props: Readonly<Record<string, unknown>>): string {
  const all = { now: NOW / 1_000, began: NOW / 1_000 - 7_200, log: "/var/log/kpaas/install.log", ...props };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : String(value)}\n`)
    .join("");
}

const phase = (state: string, word = "") => ({
  ...{ phase: "install", state, word },
  ...{ startedAt: "2026-01-01T01:58:00Z", at: "2026-01-01T01:59:00Z" },
});
const step = (state: string, name: string, code = 0) => ({
  ...{ state, step: name, code, startedAt: "2026-01-01T01:59:30Z", at: "2026-01-01T02:00:00Z" },
});
const words = (props: Readonly<Record<string, unknown>>) =>
  sightInWords("lab-nhn", readSight(found(props), "10.0.0.1"));

describe("how far an installation is", () => {
  test.each([
    [{ state: "", began: "", cloud: "running" }, "the first boot has not begun; cloud-init: running"],
    [{ state: "", began: "" }, "the first boot has not begun"],
    [{ state: "", began: "", cloud: "error" }, "cloud-init failed after 0 s: ended with an error"],
    [{ state: "running", step: step("running", "03-ssh-key") }, "ssh-key running for 30 s"],
    [{ state: "running", phase: phase("running"), word: "20 minutes" }, "install running for 2 min 0 s: 20 minutes"],
    [
      { state: "running", phase: phase("running"), word: "npm run kpaas -- nhn-password <stack>" },
      "install running for 2 min 0 s: npm run kpaas -- nhn-password lab-nhn",
    ],
    [{ state: "running", phase: phase("decision"), step: step("running", "06-install") }, "install running for 30 s"],
    [{ state: "failed", phase: phase("failed", "bad") }, "install failed after 1 min 0 s: bad"],
    [{ state: "failed", phase: phase("decision", "look") }, "install needs a decision after 1 min 0 s: look"],
    [
      { state: "failed", phase: phase("done"), step: step("failed", "09-unit", 5) },
      "unit failed after 30 s: ended with code 5",
    ],
    [{ state: "done", phase: phase("done", "it stands"), step: step("done", "") }, "done after 120 min 0 s: it stands"],
    [{ state: "running", phase: "{broken", step: "null" }, " running for 0 s"],
  ])("%j", (props, line) => {
    expect(words(props)).toBe(`lab-nhn: ${line}`);
  });

  test.each([{ state: "done" }, { state: "", cloud: "done" }])(
    "fails for a machine that is no install host: %j",
    (props) => {
      expect(() => words({ ...props, began: "" })).toThrow(/^10\.0\.0\.1 is no install host/);
    },
  );

  test("commands no terminal", () => {
    expect(printable("\u001b[31mred\u001b[0m\u0007\r\n\u001b]0;title\u0007x\u009b1m")).toBe("red\n]0;titlex1m");
  });
});

describe("waiting for an installation", () => {
  /** A machine that answers one look after the other, the last one for ever. */
  function machine(...looks: readonly (string | Error)[]): Remote {
    let index = 0;
    return {
      host: "10.0.0.1",
      command: (remote) => `ssh 10.0.0.1 '${remote ?? ""}'`,
      run: (script) => {
        if (script.includes("tail -n 20")) return Promise.resolve({ code: 0, out: "fatal: it\nbroke\n" });
        const now = looks[Math.min(index, looks.length - 1)] ?? "";
        index += 1;
        return typeof now === "string" ? Promise.resolve({ code: 0, out: now }) : Promise.reject(now);
      },
    };
  }

  async function waiting(ssh: Remote, props: Partial<WaitProps> = {}) {
    const said: string[] = [];
    const outcome = await waitForInstallation({
      ...{ stack: "lab-nhn", ssh, timeoutMs: 2_000, everyMs: 1, logEveryMs: 0 },
      silence: { ms: 60_000, means: "it is lost" },
      say: (line) => said.push(line),
      abort: new AbortController().signal,
      ...props,
    }).then(
      ({ state }) => state,
      (error: unknown) => (error as Error).message,
    );
    return { said, outcome };
  }

  const running = (last = "") => found({ state: "running", phase: phase("running"), last });
  const done = found({ state: "done", phase: phase("done"), step: step("done", "") });

  test("says what changes, and nothing twice", async () => {
    const one = running("TASK [one]");
    const { said, outcome } = await waiting(
      machine(new Unreachable("refused"), new Unreachable("refused"), one, one, one, running("TASK [two]"), done),
    );
    expect(outcome).toBe("done");
    expect(said).toEqual([
      "lab-nhn: no answer yet (refused); asking again",
      "lab-nhn: install running for 2 min 0 s",
      "lab-nhn: install 2 min 0 s | TASK [one]",
      "lab-nhn: install 2 min 0 s | TASK [two]",
    ]);
  });

  test("lets a log that moves all the time say one line a minute", async () => {
    const looks = ["a", "b", "c"].map((last) => running(last));
    expect((await waiting(machine(...looks, done), { logEveryMs: 60_000 })).said).toHaveLength(1);
  });

  test("fails when it stops: the word, the end of the log, and how to go on", async () => {
    const { outcome } = await waiting(machine(found({ state: "failed", phase: phase("decision", "look") })));
    expect(outcome).toBe(`lab-nhn: install needs a decision after 1 min 0 s: look
what /var/log/kpaas/install.log ends with:
  | fatal: it
  | broke
more of it: npm run kpaas -- logs lab-nhn
what is mended goes on where it stopped: ssh 10.0.0.1 'sudo systemctl restart --no-block groundwork-first-boot'`);
  });

  test("fails at once for what stays, and in time for what does not pass", async () => {
    expect((await waiting(machine(new Error("the key is refused")))).outcome).toBe("the key is refused");
    const silence = { ms: 0, means: "it is lost" };
    expect((await waiting(machine(new Unreachable("refused")), { silence })).outcome).toBe(
      "10.0.0.1 has let nobody in for 0 s (refused): it is lost",
    );
    expect((await waiting(machine(running()), { timeoutMs: 20 })).outcome).toBe(
      "lab-nhn is not up after 0 s of waiting: lab-nhn: install running for 2 min 0 s; the machines go on by themselves",
    );
    expect((await waiting(machine(new Unreachable("refused")), { timeoutMs: 20 })).outcome).toMatch(/does not answer/);
  });

  test("ends at once when it is told to", async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 20);
    const begun = Date.now();
    expect(
      (await waiting(machine(running()), { everyMs: 60_000, timeoutMs: 60_000, abort: controller.signal })).outcome,
    ).toMatch(/abort/);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
});
