import type { Lines } from "@groundwork/cli/reporter";
import { abortable, interruptible } from "@groundwork/cli/program/interruptible";

const never = new Promise<number>(() => undefined);

function io() {
  const lines: Lines[] = [];
  return {
    lines,
    io: { out: () => undefined, err: (printed: Lines) => void lines.push(printed), exit: () => undefined },
  };
}

describe("an interruptible call", () => {
  afterEach(() => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.removeAllListeners(name);
  });

  test("returns its exit code, or throws its error, without a signal", async () => {
    const { io: output, lines } = io();
    expect(await interruptible(output, "interrupted", () => Promise.resolve(3))).toBe(3);
    await expect(interruptible(output, "interrupted", () => Promise.reject(new Error("own")))).rejects.toThrow("own");
    expect(lines).toEqual([]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("that cannot be ended returns at %s with the exit code %i", async (signal, code) => {
    const { io: output, lines } = io();
    const call = interruptible(output, "interrupted", (abort) => abortable(abort, never));
    process.emit(signal);
    expect(await call).toBe(code);
    expect(lines).toEqual(["interrupted"]);
  });

  test("that is abortable settles as its call does without a signal", async () => {
    const { signal } = new AbortController();
    expect(await abortable(signal, Promise.resolve(1))).toBe(1);
    await expect(abortable(signal, Promise.reject(new Error("own")))).rejects.toThrow("own");
    await expect(abortable(AbortSignal.abort(new Error("before")), never)).rejects.toThrow("before");
  });
});
