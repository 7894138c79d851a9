import { Unreachable } from "@groundwork/cli/first-boot/unreachable";
import { parseStatus } from "@groundwork/cli/kpaas/installation-status";
import { statusLine } from "@groundwork/cli/kpaas/messages";
import type { Remote } from "@groundwork/cli/kpaas/ssh";
import { waitForInstallation, type WaitProps } from "@groundwork/cli/kpaas/wait";

const NOW = Date.parse("2026-01-01T02:00:00Z");

/** Output of the status script for a machine whose first boot started two hours ago. */
function statusOutput(props: Readonly<Record<string, unknown>>): string {
  const all = { now: NOW / 1_000, started: NOW / 1_000 - 7_200, log: "/var/log/kpaas/install.log", ...props };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : String(value)}\n`)
    .join("");
}

const phase = (state: string, message = "") => ({
  phase: "install",
  state,
  word: message,
  startedAt: "2026-01-01T01:58:00Z",
  at: "2026-01-01T01:59:00Z",
});
const step = (state: string, name: string, code = 0) => ({
  state,
  step: name,
  code,
  startedAt: "2026-01-01T01:59:30Z",
  at: "2026-01-01T02:00:00Z",
});
const lineOf = (props: Readonly<Record<string, unknown>>) =>
  statusLine("lab-nhn", parseStatus(statusOutput(props), "10.0.0.1"));

describe("the status of an installation", () => {
  test.each([
    [{ state: "", started: "", cloud: "running" }, "the first boot has not started; cloud-init: running"],
    [{ state: "", started: "" }, "the first boot has not started"],
    [{ state: "", started: "", cloud: "error" }, "cloud-init failed after 0 s: ended with an error"],
    [{ state: "running", step: step("running", "03-ssh-key") }, "ssh-key running for 30 s"],
    [{ state: "running", phase: phase("running"), message: "20 minutes" }, "install running for 2 min 0 s: 20 minutes"],
    [
      { state: "running", phase: phase("running"), message: "npx groundwork kpaas nhn-password <stack>" },
      "install running for 2 min 0 s: npx groundwork kpaas nhn-password lab-nhn",
    ],
    [{ state: "running", phase: phase("decision"), step: step("running", "06-install") }, "install running for 30 s"],
    [{ state: "failed", phase: phase("failed", "bad") }, "install failed after 1 min 0 s: bad"],
    [{ state: "failed", phase: phase("decision", "look") }, "install needs a decision after 1 min 0 s: look"],
    [
      { state: "failed", phase: phase("done"), step: step("failed", "09-unit", 5) },
      "unit failed after 30 s: ended with code 5",
    ],
    [
      { state: "done", phase: phase("done", "the portal runs"), step: step("done", "") },
      "done after 120 min 0 s: the portal runs",
    ],
    [{ state: "running", phase: "{broken", step: "null" }, " running for 0 s"],
  ])("%j", (props, line) => {
    expect(lineOf(props)).toBe(`lab-nhn: ${line}`);
  });

  test.each([{ state: "done" }, { state: "", cloud: "done" }])(
    "fails for a machine that is not an install host: %j",
    (props) => {
      expect(() => lineOf({ ...props, started: "" })).toThrow(/^10\.0\.0\.1 is not an install host/);
    },
  );

  test.each(["/etc/x", "/var/log/a b", "/var/log/../x", "$(id)", ""])("reads no log from %j", (log) => {
    expect(parseStatus(statusOutput({ state: "running", phase: phase("running"), log }), "h").log).toBe(
      "/var/log/groundwork/first-boot.log",
    );
  });
});

describe("waiting for an installation", () => {
  /** A machine that returns one result after another, and the last one repeatedly. */
  function machine(...results: readonly (string | Error)[]): Remote {
    let index = 0;
    return {
      host: "10.0.0.1",
      command: (remote) => `ssh 10.0.0.1 '${remote ?? ""}'`,
      run: (script) => {
        if (script.includes("tail -n 20")) return Promise.resolve({ code: 0, out: "fatal: it\nbroke\n" });
        const result = results[Math.min(index, results.length - 1)] ?? "";
        index += 1;
        return typeof result === "string" ? Promise.resolve({ code: 0, out: result }) : Promise.reject(result);
      },
    };
  }

  async function waiting(ssh: Remote, props: Partial<WaitProps> = {}) {
    const lines: string[] = [];
    const outcome = await waitForInstallation({
      stack: "lab-nhn",
      ssh,
      timeoutMs: 2_000,
      intervalMs: 1,
      logIntervalMs: 0,
      silence: { ms: 60_000, cause: "it is lost" },
      log: (line) => lines.push(line),
      abort: new AbortController().signal,
      ...props,
    }).then(
      ({ state }) => state,
      (error: unknown) => (error as Error).message,
    );
    return { lines, outcome };
  }

  const running = (last = "") => statusOutput({ state: "running", phase: phase("running"), last });
  const done = statusOutput({ state: "done", phase: phase("done"), step: step("done", "") });

  test("prints what changes, and nothing twice", async () => {
    const one = running("TASK [one]");
    const { lines, outcome } = await waiting(
      machine(new Unreachable("refused"), new Unreachable("refused"), one, one, one, running("TASK [two]"), done),
    );
    expect(outcome).toBe("done");
    expect(lines).toEqual([
      "lab-nhn: no connection (refused); retrying",
      "lab-nhn: install running for 2 min 0 s",
      "lab-nhn: install 2 min 0 s | TASK [one]",
      "lab-nhn: install 2 min 0 s | TASK [two]",
    ]);
  });

  test("prints one line a minute for a log that changes all the time", async () => {
    const results = ["a", "b", "c"].map((last) => running(last));
    expect((await waiting(machine(...results, done), { logIntervalMs: 60_000 })).lines).toHaveLength(1);
  });

  test("fails when the installation stops: message, the end of the log, and how to resume", async () => {
    const { outcome } = await waiting(machine(statusOutput({ state: "failed", phase: phase("decision", "look") })));
    expect(outcome).toBe(`lab-nhn: install needs a decision after 1 min 0 s: look
last lines of /var/log/kpaas/install.log:
  | fatal: it
  | broke
the whole log: npx groundwork kpaas logs lab-nhn
after a fix, resume the installation where it stopped: ssh 10.0.0.1 'sudo systemctl restart --no-block groundwork-first-boot'`);
  });

  test("fails at once for a permanent error, and after a time for a temporary one", async () => {
    expect((await waiting(machine(new Error("the key is rejected")))).outcome).toBe("the key is rejected");
    const silence = { ms: 0, cause: "it is lost" };
    expect((await waiting(machine(new Unreachable("refused")), { silence })).outcome).toBe(
      "no connection to 10.0.0.1 for 0 s (refused): it is lost",
    );
    expect((await waiting(machine(running()), { timeoutMs: 20 })).outcome).toBe(
      "lab-nhn is not done after 0 s: lab-nhn: install running for 2 min 0 s; the machines continue on their own",
    );
    expect((await waiting(machine(new Unreachable("refused")), { timeoutMs: 20 })).outcome).toMatch(/does not respond/);
  });

  test("ends at once when it is aborted", async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 20);
    const start = Date.now();
    expect(
      (await waiting(machine(running()), { intervalMs: 60_000, timeoutMs: 60_000, abort: controller.signal })).outcome,
    ).toMatch(/abort/);
    expect(Date.now() - start).toBeLessThan(5_000);
  });
});
