import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { execaSync } from "execa";
import { waitUntil } from "../polling";

/**
 * The identity of a process, valid beyond its end.
 *
 * A pid alone does not identify a process: after its end the system reuses the number. Together with the start time it is
 * unique.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** Settings of a background process. */
export interface BackgroundProps {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Receives standard output and standard error. */
  readonly logFile: string;
}

/**
 * Starts a process that outlives this one and does not receive the terminal's Ctrl-C.
 *
 * Uses Node's `spawn`: execa waits for its subprocesses, and this one is found again by pid and start time.
 */
export function startInBackground({ command, args, env, logFile }: BackgroundProps): Promise<ProcessIdentity> {
  const log = openSync(logFile, "a", 0o600);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { detached: true, stdio: ["ignore", log, log], env });
    child.once("error", reject);
    child.once("spawn", () => {
      child.unref();
      const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
      if (identity === undefined) reject(new Error(`${command} ended immediately; see ${logFile}`));
      else resolve(identity);
    });
    closeSync(log);
  });
}

/**
 * Starts a process as {@link startInBackground} does, and records it.
 *
 * A process that cannot be recorded, for example on a full disk, is stopped: nothing would find it again.
 */
export async function startRecorded(
  props: BackgroundProps,
  record: (identity: ProcessIdentity) => void,
): Promise<ProcessIdentity> {
  const identity = await startInBackground(props);
  try {
    record(identity);
  } catch (error) {
    await stop(identity);
    throw error;
  }
  return identity;
}

/** The process that has a pid now; `undefined` if there is none. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether a process still runs. Another process with the same pid does not count. */
export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  return identifyProcess(pid)?.startedAt === startedAt;
}

/** Sends a signal to a process if it still runs. */
export function sendSignal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    // The process ended between the check and the signal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends a process: SIGTERM, and SIGKILL if it still runs after the timeout. */
export async function stop(identity: ProcessIdentity, timeoutMs = 5_000): Promise<void> {
  sendSignal(identity, "SIGTERM");
  if (await waitUntil(() => !isRunning(identity), timeoutMs)) return;
  sendSignal(identity, "SIGKILL");
  await waitUntil(() => !isRunning(identity), timeoutMs);
}

/**
 * Field 22 of `/proc/PID/stat`: clock ticks since boot. Field 2, the name, is in parentheses and may contain spaces, so the
 * fields are counted from the last parenthesis.
 */
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; its parent has not read its exit code yet.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startByPs(pid: number): string | undefined {
  const { stdout } = execaSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
    env: { LC_ALL: "C" },
    reject: false,
  });
  const [, state, start] = /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout) ?? [];
  return state === undefined || state.startsWith("Z") ? undefined : start;
}
