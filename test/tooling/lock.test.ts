import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acquireLock } from "@groundwork/tooling/lock";

describe("a lock", () => {
  const file = () => join(mkdtempSync(join(tmpdir(), "groundwork-lock-")), "lock");

  test("is held by one process at a time", () => {
    const lock = file();
    const release = acquireLock(lock, "busy");
    expect(() => acquireLock(lock, "busy")).toThrow(/busy \(process \d+\)/);
    release();
    acquireLock(lock, "busy")();
  });

  test("of a process that has ended is ignored", () => {
    const lock = file();
    writeFileSync(lock, JSON.stringify({ pid: process.pid, startedAt: "long ago" }));
    acquireLock(lock, "busy")();
  });
});
