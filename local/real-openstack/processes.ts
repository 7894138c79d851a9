import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning, type ProcessIdentity, startRecorded, stop } from "@groundwork/tooling/process/background";
import type { Plan } from "./plan";
import { type Program, programEnvironment } from "./programs";

interface Started {
  readonly name: string;
  readonly process: ProcessIdentity;
}

/** Time in which a service ends its requests. */
const STOP_MS = 30_000;

/** The processes of one OpenStack, recorded in a file so that they can be stopped by another process too. */
export class Processes {
  constructor(private readonly plan: Plan) {}

  /** Starts a program. Its output is in `log/<name>.log`. */
  async start(program: Program): Promise<void> {
    const { directory } = this.plan;
    const { name, command, args } = program;
    const env = programEnvironment(this.plan);
    await startRecorded({ command, args, env, logFile: logFile(directory, name) }, (process) => {
      write(directory, [...read(directory), { name, process }]);
    });
  }

  /** Fails if a process has ended; the message contains the end of its log. */
  check(): void {
    const { directory } = this.plan;
    const ended = read(directory).find(({ process }) => !isRunning(process));
    if (ended === undefined) return;
    const log = readFileSync(logFile(directory, ended.name), "utf8").trimEnd().split("\n").slice(-15).join("\n");
    throw new Error(`${ended.name} of OpenStack has ended; the end of its log:\n${log}`);
  }
}

/** Stops all processes of a directory: first the services, then messages and the database. */
export async function stopProcesses(directory: string): Promise<void> {
  const started = read(directory);
  const isBase = ({ name }: Started): boolean => ["mariadb", "rabbitmq", "epmd"].includes(name);
  await Promise.all(started.filter((each) => !isBase(each)).map(({ process }) => stop(process, STOP_MS)));
  for (const { process } of started.filter(isBase).reverse()) await stop(process, STOP_MS);
  rmSync(recordFile(directory), { force: true });
}

function logFile(directory: string, name: string): string {
  mkdirSync(join(directory, "log"), { recursive: true });
  return join(directory, "log", `${name}.log`);
}

function recordFile(directory: string): string {
  return join(directory, "processes.json");
}

function read(directory: string): readonly Started[] {
  try {
    return JSON.parse(readFileSync(recordFile(directory), "utf8")) as readonly Started[];
  } catch {
    return [];
  }
}

function write(directory: string, started: readonly Started[]): void {
  writeFileSync(`${recordFile(directory)}.new`, JSON.stringify(started, undefined, 2));
  renameSync(`${recordFile(directory)}.new`, recordFile(directory));
}
