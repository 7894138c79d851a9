import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { identifyProcess, isRunning, type ProcessIdentity } from "./process/background";

/** A running process holds the lock. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

/**
 * Acquires a lock file; returns the function that releases it. Throws a {@link LockedError} while another process holds it.
 *
 * The lock of a process that has ended is ignored, so that nothing has to be cleaned up after a crash.
 */
export function acquireLock(file: string, busy: string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(identifyProcess(process.pid)), { flag: "wx" });
      return () => {
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = holderOf(file);
      if (holder !== undefined && isRunning(holder)) throw new LockedError(`${busy} (process ${holder.pid})`);
      rmSync(file, { force: true });
    }
  }
}

function holderOf(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
