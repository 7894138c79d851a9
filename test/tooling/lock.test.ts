import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { acquireLock } from "@groundwork/tooling/lock";
import { identifyProcess } from "@groundwork/tooling/process/background";
import { transformSync } from "@swc/core";

const TOOLING = join(__dirname, "../../tooling");
const PROCESSES = 6;
const ROUNDS = 200;

const newDirectory = (): string => mkdtempSync(join(tmpdir(), "groundwork-lock-"));
const newFile = (): string => join(newDirectory(), "lock");

describe("a lock", () => {
  test("is held by one process at a time", () => {
    const lock = newFile();
    const release = acquireLock(lock, "busy");
    expect(() => acquireLock(lock, "busy")).toThrow(/busy \(process \d+\)/);
    release();
    acquireLock(lock, "busy")();
  });

  test("is released once: a second release does not remove the lock of another holder", () => {
    const lock = newFile();
    const release = acquireLock(lock, "busy");
    release();
    const other = acquireLock(lock, "busy");
    release();
    expect(() => acquireLock(lock, "busy")).toThrow(/busy/);
    other();
  });

  const STALE = {
    "of a process whose id was reused": () => JSON.stringify({ pid: process.pid, startedAt: "long ago" }),
    "of a process that has ended": () => {
      const { pid } = spawnSync("true");
      return JSON.stringify({ pid, startedAt: "1", nonce: "1" });
    },
    "without content": () => "",
    "with part of a content": () => `{"pid":${process.pid},"start`,
    "with another content": () => "null",
  };

  test.each(Object.entries(STALE))("%s is ignored and leaves no files", (_name, content) => {
    const lock = newFile();
    writeFileSync(lock, content());
    const release = acquireLock(lock, "busy");
    expect(() => acquireLock(lock, "busy")).toThrow(/busy/);
    expect(readdirSync(dirname(lock))).toEqual([basename(lock)]);
    release();
    expect(readdirSync(dirname(lock))).toEqual([]);
  });

  test("is respected while its holder runs, also when this process did not create it", () => {
    const lock = newFile();
    writeFileSync(lock, JSON.stringify(identifyProcess(process.ppid)));
    expect(() => acquireLock(lock, "busy")).toThrow(`busy (process ${process.ppid})`);
  });
});

describe("a lock that several processes request at the same time", () => {
  const directory = newDirectory();
  let workers: readonly ChildProcess[] = [];

  beforeAll(async () => {
    writeWorker(directory);
    workers = Array.from({ length: PROCESSES }, () => start(directory));
    await Promise.all(workers.map(received));
  }, 60_000);

  afterAll(() => {
    for (const worker of workers) worker.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true });
  });

  const STALE = JSON.stringify({ pid: process.pid, startedAt: "long ago" });

  test.each([
    ["from a fresh file", undefined],
    ["from the file of a process that has ended", STALE],
    ["from an empty file", ""],
  ])(
    "is acquired by exactly one of them, in every round, %s",
    async (_name, content) => {
      const holders: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const file = join(directory, `${round}`, "lock");
        mkdirSync(dirname(file));
        if (content !== undefined) writeFileSync(file, content);
        const results = await all(workers, { file, at: Date.now() + 3 });
        holders.push(results.filter((result) => result === "acquired").length);
        await all(workers, { release: true });
        rmSync(dirname(file), { recursive: true });
      }
      expect(holders.filter((count) => count !== 1)).toEqual([]);
      expect(holders).toHaveLength(ROUNDS);
    },
    120_000,
  );

  test("is never held twice while they acquire and release it, and some of them end without a release", async () => {
    const file = join(directory, "shared");
    const inside = `${file}.inside`;
    const outcomes: unknown[] = [];
    for (let round = 0; round < 4; round += 1) {
      const victim = start(directory);
      await received(victim);
      const death = all([victim], { file, at: 0, thenEnd: true });
      outcomes.push(...(await all(workers, { file, inside, repeat: 40, at: Date.now() + 3 })));
      await death;
    }
    expect(outcomes.filter((outcome) => outcome !== "exclusive")).toEqual([]);
    acquireLock(file, "busy")();
  }, 120_000);
});

/** Compiles the sources of the lock, and a process that acquires locks on request. */
function writeWorker(directory: string): void {
  mkdirSync(join(directory, "process"));
  for (const file of ["lock", "polling", "process/background"]) {
    const { code } = transformSync(readFileSync(join(TOOLING, `${file}.ts`), "utf8"), {
      jsc: { parser: { syntax: "typescript" }, target: "es2022" },
      module: { type: "commonjs" },
    });
    writeFileSync(join(directory, `${file}.js`), code);
  }
  writeFileSync(join(directory, "worker.js"), WORKER);
}

const WORKER = `
const { closeSync, openSync, unlinkSync } = require("node:fs");
const { acquireLock, LockedError } = require("./lock.js");
let release;

function tryToAcquire(file) {
  try {
    return acquireLock(file, "busy");
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    return undefined;
  }
}

/** Acquires and releases the lock; a file that exists while it is held proves that there is one holder. */
function repeatedly(file, inside, count) {
  for (let done = 0; done < count; ) {
    const end = tryToAcquire(file);
    if (end === undefined) continue;
    try {
      closeSync(openSync(inside, "wx"));
      unlinkSync(inside);
    } catch {
      return "held twice";
    }
    end();
    done += 1;
  }
  return "exclusive";
}

process.on("message", ({ file, at, inside, repeat, thenEnd }) => {
  if (file === undefined) {
    release?.();
    release = undefined;
    process.send("released");
    return;
  }
  while (Date.now() < at);
  if (repeat !== undefined) {
    process.send(repeatedly(file, inside, repeat));
    return;
  }
  do release = tryToAcquire(file); while (thenEnd && release === undefined);
  process.send(release === undefined ? "locked" : "acquired", () => {
    if (thenEnd) process.kill(process.pid, "SIGKILL");
  });
});
process.send("ready");
`;

function start(directory: string): ChildProcess {
  const NODE_PATH = [join(TOOLING, "node_modules"), join(TOOLING, "../node_modules")].join(":");
  return fork(join(directory, "worker.js"), { env: { ...process.env, NODE_PATH }, execArgv: [] });
}

function received(worker: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => {
      reject(new Error(`the process ended with ${code}`));
    };
    worker.once("exit", fail);
    worker.once("message", (message) => {
      worker.off("exit", fail);
      resolve(message);
    });
  });
}

/** Sends a request to processes and returns their responses. */
function all(workers: readonly ChildProcess[], request: object): Promise<readonly unknown[]> {
  const responses = Promise.all(workers.map(received));
  for (const worker of workers) worker.send(request);
  return responses;
}
