import { spawn } from "node:child_process";
import { isRunning, know, stop, until } from "@groundwork/tooling/process/background";

describe("a known process", () => {
  test("runs until it is stopped", async () => {
    const child = spawn("sleep", ["60"]);
    const known = know(child.pid ?? 0);
    if (known === undefined) throw new Error("sleep did not start");
    expect(isRunning(known)).toBe(true);
    await stop(known);
    expect(isRunning(known)).toBe(false);
  });

  test("is not whoever got its pid afterwards", async () => {
    const child = spawn("sleep", ["60"]);
    const known = know(child.pid ?? 0);
    if (known === undefined) throw new Error("sleep did not start");
    const predecessor = { ...known, startedAt: "long ago" };
    await stop(predecessor);
    expect(isRunning(predecessor)).toBe(false);
    expect(isRunning(known)).toBe(true);
    await stop(known);
  });

  test("is killed when it does not listen", async () => {
    const child = spawn("sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const known = know(child.pid ?? 0);
    if (known === undefined) throw new Error("sh did not start");
    await stop(known, 200);
    expect(isRunning(known)).toBe(false);
  });
});

test("waiting ends when it has been long enough", async () => {
  expect(await until(() => false, 20, 5)).toBe(false);
});
