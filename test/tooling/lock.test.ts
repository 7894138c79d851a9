import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeLock } from "@groundwork/tooling/lock";

describe("a lock", () => {
  const file = () => join(mkdtempSync(join(tmpdir(), "groundwork-lock-")), "lock");

  test("is held by one at a time", () => {
    const lock = file();
    const release = takeLock(lock, "somebody is here");
    expect(() => takeLock(lock, "somebody is here")).toThrow(/somebody is here \(process \d+\)/);
    release();
    takeLock(lock, "somebody is here")();
  });

  test("of a process that has ended is void", () => {
    const lock = file();
    writeFileSync(lock, JSON.stringify({ pid: process.pid, startedAt: "long ago" }));
    takeLock(lock, "somebody is here")();
  });
});
