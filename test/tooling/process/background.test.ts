import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  identifyProcess,
  isRunning,
  type ProcessIdentity,
  startRecorded,
  stop,
} from "@groundwork/tooling/process/background";

function identityOf(child: ChildProcess): ProcessIdentity {
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error("the process did not start");
  return identity;
}

describe("an identified process", () => {
  test("runs until it is stopped", async () => {
    const identity = identityOf(spawn("sleep", ["60"]));
    expect(isRunning(identity)).toBe(true);
    await stop(identity);
    expect(isRunning(identity)).toBe(false);
  });

  test("is not confused with a later process of the same pid", async () => {
    const identity = identityOf(spawn("sleep", ["60"]));
    const predecessor = { ...identity, startedAt: "long ago" };
    await stop(predecessor);
    expect(isRunning(predecessor)).toBe(false);
    expect(isRunning(identity)).toBe(true);
    await stop(identity);
  });

  test("is killed if it ignores SIGTERM", async () => {
    const child = spawn("sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const identity = identityOf(child);
    await stop(identity, 200);
    expect(isRunning(identity)).toBe(false);
  });
});

test("a process that cannot be recorded is stopped", async () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-background-"));
  const started: ProcessIdentity[] = [];
  const props = { command: "sleep", args: ["60"], env: process.env, logFile: join(directory, "log") };
  const run = startRecorded(props, (identity) => {
    started.push(identity);
    throw new Error("no space left on device");
  });
  await expect(run).rejects.toThrow("no space left");
  expect(started.map(isRunning)).toEqual([false]);
  rmSync(directory, { recursive: true });
});
