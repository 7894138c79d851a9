import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/repository";
import { waitUntil } from "@groundwork/tooling/polling";
import { identifyProcess, isRunning, type ProcessIdentity } from "@groundwork/tooling/process/background";
import { below } from "./support/processes";

describe("the demo", () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "groundwork-demo-"));
  });

  afterAll(async () => {
    await end(start(directory, "--down"));
    rmSync(directory, { recursive: true, force: true });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("leaves no process running when it is interrupted by %s", async (name) => {
    const demo = start(directory);
    await demo.logs(/(local-eks .*Creation complete[^]*){15}/);
    const started = startedProcesses(demo.child);
    expect(started.length).toBeGreaterThan(3);

    demo.child.kill(name);
    // A second signal has no effect.
    setTimeout(() => demo.child.kill(name), 200);
    expect(await end(demo)).toBe(name === "SIGINT" ? 130 : 143);

    expect(await waitUntil(() => !started.some(isRunning), 10_000)).toBe(true);
    // Terraform's state is deleted together with the emulators.
    expect(readdirSync(join(directory, ".groundwork/state"))).toEqual([]);
  });

  test("keeps the cloud with --keep, and a second run changes nothing and keeps it too", async () => {
    const first = start(directory, "--keep");
    expect(await end(first)).toBe(0);
    expect(first.text()).toMatch(/local-eks: \d+ created/);

    const second = start(directory);
    expect(await end(second)).toBe(0);
    expect(second.text()).toMatch(/local-eks: no changes/);
    expect(second.text()).toMatch(/local-site: no changes/);
    expect(second.text()).toMatch(/the local cloud runs at/);

    const down = start(directory, "--down");
    expect(await end(down)).toBe(0);
    expect(down.text()).toMatch(/local-eks: \d+ destroyed/);
  });
});

interface RunningDemo {
  readonly child: ChildProcess;
  readonly text: () => string;
  /** Waits until the log of cdktf contains a text; progress is printed on a terminal only. */
  readonly logs: (text: RegExp) => Promise<void>;
}

/** The demo in its own directory, separate from a demo of the user. */
function start(directory: string, ...args: readonly string[]): RunningDemo {
  const log = join(directory, ".groundwork/local/cdktf-deploy-local-eks.log");
  // That of an earlier demo.
  rmSync(log, { force: true });
  const env = { ...process.env, GROUNDWORK_HOME: directory };
  const child = spawn(process.execPath, [join(ROOT, "cli/bin/groundwork.cjs"), "demo", ...args], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    text: () => text,
    logs: async (expected) => {
      const matches = () => existsSync(log) && expected.test(readFileSync(log, "utf8"));
      await waitUntil(() => matches() || child.exitCode !== null, 300_000);
      if (!matches()) throw new Error(`the log of cdktf does not contain ${String(expected)}:\n${text}`);
    },
  };
}

async function end({ child, text }: RunningDemo): Promise<number | null> {
  if (child.exitCode === null) await new Promise((resolve) => child.once("close", resolve));
  if (child.exitCode === 1) throw new Error(text());
  return child.exitCode;
}

/** All processes that the demo has started so far, including the emulators, which are its children until it ends. */
function startedProcesses(child: ChildProcess): readonly ProcessIdentity[] {
  return below(child.pid ?? 0).flatMap(({ pid }) => identifyProcess(pid) ?? []);
}
