import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/**
 * A process that was started here, remembered in a way that survives its end.
 *
 * A pid alone is no name: after the process has ended, the system gives the number to somebody else's. Together with the
 * moment of its start it is.
 */
export interface KnownProcess {
  readonly pid: number;
  readonly startedAt: string;
}

/** What a background process is started with. */
export interface BackgroundProps {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Receives everything the process says. */
  readonly logFile: string;
}

/** Starts a process that lives on after this one, deaf to the terminal's Ctrl-C. */
export function startInBackground({ command, args, env, logFile }: BackgroundProps): Promise<KnownProcess> {
  const log = openSync(logFile, "a", 0o600);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { detached: true, stdio: ["ignore", log, log], env });
    child.once("error", reject);
    child.once("spawn", () => {
      child.unref();
      const known = child.pid === undefined ? undefined : know(child.pid);
      if (known === undefined) reject(new Error(`${command} ended at once, see ${logFile}`));
      else resolve(known);
    });
    closeSync(log);
  });
}

/** The process that has a pid now; nothing when there is none. */
export function know(pid: number): KnownProcess | undefined {
  const startedAt = process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether a process still runs (and not another one under its pid). */
export function isRunning({ pid, startedAt }: KnownProcess): boolean {
  return know(pid)?.startedAt === startedAt;
}

/** Sends a signal to a process if it is still the one it was. */
export function signal(known: KnownProcess, name: NodeJS.Signals): void {
  if (!isRunning(known)) return;
  try {
    process.kill(known.pid, name);
  } catch (error) {
    // It ended between the question and the signal: what was wanted.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends a process: asks, waits, and only then insists. */
export async function stop(known: KnownProcess, patienceMs = 5_000): Promise<void> {
  signal(known, "SIGTERM");
  if (await until(() => !isRunning(known), patienceMs)) return;
  signal(known, "SIGKILL");
  await until(() => !isRunning(known), patienceMs);
}

/** Waits until something holds; false when it did not in time. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  patienceMs: number,
  everyMs = 50,
): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}

/** Field 22 of `/proc/PID/stat`: clock ticks since boot. Field 2, the name, may hold blanks; hence the cut at its bracket. */
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; it only waits for its parent to notice.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startByPs(pid: number): string | undefined {
  const { stdout } = spawnSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  const [, state, start] = /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout) ?? [];
  return state === undefined || state.startsWith("Z") ? undefined : start;
}
