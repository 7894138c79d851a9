import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { KnownProcess } from "./process/background";
import { isRunning, know } from "./process/background";

/**
 * Takes a file as the sign that one process at a time does something; answers how to give it back.
 *
 * A sign whose process has ended is void: nobody has to clean up after a crash.
 */
export function takeLock(file: string, busy: string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(know(process.pid)), { flag: "wx" });
      return () => {
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = holderOf(file);
      if (holder !== undefined && isRunning(holder)) throw new Error(`${busy} (process ${holder.pid})`);
      rmSync(file, { force: true });
    }
  }
}

function holderOf(file: string): KnownProcess | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as KnownProcess;
  } catch {
    return undefined;
  }
}
