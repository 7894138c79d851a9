import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "@groundwork/tooling/polling";
import { identifyProcess, isRunning } from "@groundwork/tooling/process/background";
import { byLine, exitCode, run } from "@groundwork/tooling/process/run";

const sh = (script: string) => ({ command: "sh", args: ["-c", script] });

describe("run", () => {
  test("reports standard output and standard error line by line, the last line too", async () => {
    const lines: string[] = [];
    await run({ ...sh("printf 'one\\r\\ntwo\\n'; sleep 0.2; printf three >&2"), onLine: (line) => lines.push(line) });
    expect(lines).toEqual(["one", "two", "three"]);
  });

  test("passes only the given environment", async () => {
    const lines: string[] = [];
    process.env["GROUNDWORK_TEST_SECRET"] = "secret";
    await run({ command: "env", args: [], env: { PATH: process.env["PATH"] }, onLine: (line) => lines.push(line) });
    delete process.env["GROUNDWORK_TEST_SECRET"];
    expect(lines.filter((line) => line.startsWith("GROUNDWORK"))).toEqual([]);
    expect(lines.some((line) => line.startsWith("PATH="))).toBe(true);
  });

  test("returns the exit code, null after a signal, and rejects if the program is missing", async () => {
    const onLine = () => undefined;
    expect(await exitCode({ ...sh("exit 3"), onLine })).toBe(3);
    expect(await exitCode({ ...sh("kill -TERM $$"), onLine })).toBeNull();
    await expect(exitCode({ command: "groundwork-missing", args: [], onLine })).rejects.toThrow("ENOENT");
    await expect(run({ ...sh("exit 3"), onLine })).rejects.toThrow("sh -c exit 3 ended with 3");
  });

  test("repeats the last lines of a failed program that no receiver has got", async () => {
    await expect(run(sh("seq 30; echo cause >&2; exit 3"))).rejects.toThrow(
      `sh -c seq 30; echo cause >&2; exit 3 ended with 3:\n12\n${Array.from({ length: 18 }, (_, index) => index + 13).join("\n")}\ncause`,
    );
  });

  test("ends the program and its children on abort", async () => {
    const directory = mkdtempSync(join(tmpdir(), "groundwork-run-"));
    const file = join(directory, "pid");
    const controller = new AbortController();
    const running = run({
      ...sh(`sleep 60 & echo $! > ${file}.new; mv ${file}.new ${file}; wait`),
      onLine: () => undefined,
      abort: controller.signal,
    });
    expect(await waitUntil(() => existsSync(file), 10_000)).toBe(true);
    const child = identifyProcess(Number(readFileSync(file, "utf8")));
    if (child === undefined) throw new Error("sleep did not start");
    controller.abort(new Error("interrupted"));
    await expect(running).rejects.toThrow("interrupted");
    expect(await waitUntil(() => !isRunning(child), 5_000)).toBe(true);
    rmSync(directory, { recursive: true });
  });
});

test("byLine keeps an incomplete line for the next chunk", () => {
  const lines: string[] = [];
  const read = byLine((line) => lines.push(line));
  read(Buffer.from("one\ntw"));
  read(Buffer.from("o\r\nthree"));
  expect(lines).toEqual(["one", "two"]);
});
