import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { acquireLock, LockedError } from "./lock";
import { waitUntil } from "./polling";

/** File that is written last: a directory without it is not complete. */
const FINISHED = "groundwork-finished";

/** Whether a directory of the cache is complete. */
export function isCached(directory: string): boolean {
  return existsSync(join(directory, FINISHED));
}

/**
 * Fills a directory of the cache unless it is complete.
 *
 * It is filled under another name and renamed when complete, so that an interrupted step is never taken for a finished one. Of two
 * processes one fills the directory, the other waits for it.
 */
export async function ensureCached(
  directory: string,
  fill: (draft: string) => Promise<void>,
  abort?: AbortSignal,
): Promise<void> {
  if (isCached(directory)) return;
  mkdirSync(dirname(directory), { recursive: true });
  const release = await lockOrFinished(directory, abort);
  if (release === undefined) return;
  const draft = mkdtempSync(`${directory}.`);
  try {
    await fill(draft);
    writeFileSync(join(draft, FINISHED), "");
    rmSync(directory, { recursive: true, force: true });
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  } finally {
    release();
  }
}

/** Acquires the lock, or waits until another process has filled the directory; `undefined` if there is nothing left to do. */
async function lockOrFinished(directory: string, abort?: AbortSignal): Promise<(() => void) | undefined> {
  let release: (() => void) | undefined;
  const poll = (): boolean => {
    if (isCached(directory)) return true;
    try {
      release = acquireLock(`${directory}.lock`, "another process prepares the same programs");
    } catch (error) {
      if (error instanceof LockedError) return false;
      throw error;
    }
    if (!isCached(directory)) return true;
    // Finished between the two checks.
    release();
    release = undefined;
    return true;
  };
  await waitUntil(poll, Number.POSITIVE_INFINITY, 500, abort);
  return release;
}
