import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { identifyProcess, isRunning, type ProcessIdentity } from "./process/background";

/** A running process holds the lock. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

/**
 * Acquires a lock file; returns the function that releases it. Throws a {@link LockedError} while another process holds it.
 *
 * The lock of a process that has ended is ignored, so that nothing has to be cleaned up after a crash. The processes of a lock
 * must run on one machine and see each other's process ids.
 */
export function acquireLock(file: string, busy: string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    const release = create(file);
    if (release !== undefined) return release;
    const lock = read(file);
    // Released since.
    if (lock === undefined) continue;
    if (lock.holder !== undefined && isRunning(lock.holder))
      throw new LockedError(`${busy} (process ${lock.holder.pid})`);
    removeStale(file, lock, busy);
  }
}

/** A lock file that was read. */
interface Lock {
  /** The process that created it; `undefined` if the file is not one of ours. */
  readonly holder: ProcessIdentity | undefined;
  /** Differs from one lock file to the next, also for equal holders. */
  readonly id: string;
}

/**
 * Creates the lock file with its content in one step; `undefined` if it exists. A file that is created first and written
 * afterwards would look like the lock of no process in between.
 */
function create(file: string): (() => void) | undefined {
  const nonce = randomUUID();
  const draft = `${file}.${nonce}`;
  writeFileSync(draft, JSON.stringify({ ...thisProcess(), nonce }), { flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return undefined;
    throw error;
  } finally {
    unlinkSync(draft);
  }
  let isHeld = true;
  return () => {
    // A second call must not remove the lock of another process.
    if (isHeld) rmSync(file, { force: true });
    isHeld = false;
  };
}

/** The lock file; `undefined` if there is none. */
function read(file: string): Lock | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    const { ino, mtimeNs } = fstatSync(descriptor, { bigint: true });
    const text = readFileSync(descriptor, "utf8");
    const id = createHash("sha256").update(`${ino} ${mtimeNs} ${text}`).digest("hex").slice(0, 32);
    return { holder: holderIn(text), id };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Removes the lock file of a process that has ended.
 *
 * Only the holder of a second lock, one for each stale lock file, may remove it, and only while it is still that file: a process that
 * has read the stale file and was then delayed would otherwise remove the lock that another process has acquired since.
 */
function removeStale(file: string, { id }: Lock, busy: string): void {
  const removal = `${file}.stale-${id}`;
  const release = acquireLock(removal, busy);
  try {
    if (read(file)?.id === id) unlinkSync(file);
  } finally {
    release();
  }
}

function thisProcess(): ProcessIdentity {
  const identity = identifyProcess(process.pid);
  if (identity === undefined) throw new Error("the start time of this process is unknown; locks require /proc or ps");
  return identity;
}

function holderIn(text: string): ProcessIdentity | undefined {
  try {
    const { pid, startedAt } = JSON.parse(text) as Partial<ProcessIdentity>;
    return pid === undefined || startedAt === undefined ? undefined : { pid, startedAt };
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
