import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "@groundwork/tooling/paths";
import { isRunning, know, until } from "@groundwork/tooling/process/background";
import type { KnownProcess } from "@groundwork/tooling/process/background";
import { below } from "./support/processes";

describe("the demo", () => {
  let place: string;

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), "groundwork-demo-"));
  });

  afterAll(async () => {
    await end(start(place, "--down"));
    rmSync(place, { recursive: true, force: true });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("leaves nothing running when it is ended half-way by %s", async (name) => {
    const demo = start(place);
    await demo.says(/local-eks 15\/\d+ created/);
    const known = knownProcesses(demo.child);
    expect(known.length).toBeGreaterThan(3);

    demo.child.kill(name);
    // The impatient press twice; that must not hurt either.
    setTimeout(() => demo.child.kill(name), 200);
    expect(await end(demo)).toBe(name === "SIGINT" ? 130 : 143);

    expect(await until(() => !known.some(isRunning), 10_000)).toBe(true);
    // Emulators and Terraform's memory of them are gone together.
    expect(readdirSync(join(place, ".groundwork/state"))).toEqual([]);
  });

  test("stands after the next run, and a run after that changes nothing and leaves it standing", async () => {
    const first = start(place, "--keep");
    expect(await end(first)).toBe(0);
    expect(first.text()).toMatch(/local-eks: \d+ created/);

    const second = start(place);
    expect(await end(second)).toBe(0);
    expect(second.text()).toMatch(/local-eks: nothing to change/);
    expect(second.text()).toMatch(/local-site: nothing to change/);
    expect(second.text()).toMatch(/it stands at/);

    const down = start(place, "--down");
    expect(await end(down)).toBe(0);
    expect(down.text()).toMatch(/local-eks: \d+ destroyed/);
  });
});

interface RunningDemo {
  readonly child: ChildProcess;
  readonly text: () => string;
  /** Waits until the demo has said something. */
  readonly says: (what: RegExp) => Promise<void>;
}

/** The demo in a place of its own, so that it does not meet a demo that somebody looks at. */
function start(place: string, ...args: readonly string[]): RunningDemo {
  const env = { ...process.env, GROUNDWORK_HOME: place };
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
    says: async (what) => {
      const said = await until(() => what.test(text) || child.exitCode !== null, 300_000);
      if (!said || !what.test(text)) throw new Error(`the demo never said ${String(what)}:\n${text}`);
    },
  };
}

async function end({ child, text }: RunningDemo): Promise<number | null> {
  if (child.exitCode === null) await new Promise((resolve) => child.once("close", resolve));
  if (child.exitCode === 1) throw new Error(text());
  return child.exitCode;
}

/** Everything the demo has started so far, emulators included: they are its children until it ends. */
function knownProcesses(child: ChildProcess): readonly KnownProcess[] {
  return below(child.pid ?? 0).flatMap(({ pid }) => know(pid) ?? []);
}
