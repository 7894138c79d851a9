import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
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
    await demo.prints(/local-eks 15\/\d+ created/);
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
  /** Waits until the demo has printed a text. */
  readonly prints: (text: RegExp) => Promise<void>;
}

/** The demo in its own directory, separate from a demo of the user. */
function start(directory: string, ...args: readonly string[]): RunningDemo {
  const env = { ...process.env, GROUNDWORK_HOME: directory };
  const child = spawn(process.execPath, [join(ROOT, "scripts/demo.mjs"), ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    text: () => text,
    prints: async (expected) => {
      await waitUntil(() => expected.test(text) || child.exitCode !== null, 300_000);
      if (!expected.test(text)) throw new Error(`the demo did not print ${String(expected)}:\n${text}`);
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
