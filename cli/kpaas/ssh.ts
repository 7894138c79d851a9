import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { byLine } from "@groundwork/tooling/process/run";
import { refusal, Unreachable } from "./ssh-errors";
import type { Whereabouts } from "./ssh-config";
import { sshConfig } from "./ssh-config";

/** What a program on the machine has answered. */
export interface Answer {
  readonly code: number;
  readonly out: string;
}

/** How a program on the machine is run. */
export interface RemoteProps {
  /** Goes through standard input, where no list of processes shows it. @default - nothing */
  readonly input?: string;
  /** Receives what is said as it is said. @default - it is in the answer */
  readonly onLine?: (line: string) => void;
}

/** A look takes seconds; an answer that never comes must not hold a follower up. */
const PATIENCE = 120_000;

/** The install host, by the `ssh` program of whoever asks. */
export class Ssh {
  /** Settings and host keys lie in a folder of the stack's own. */
  static to(where: Whereabouts, directory: string, abort: AbortSignal): Ssh {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const knownHosts = join(directory, "known_hosts");
    const config = join(directory, "ssh_config");
    writeFileSync(config, sshConfig(where, knownHosts), { mode: 0o600 });
    return new Ssh(where.installHost.host, config, knownHosts, abort);
  }

  private constructor(
    /** First control plane. */
    readonly host: string,
    private readonly config: string,
    private readonly knownHosts: string,
    private readonly abort: AbortSignal,
  ) {}

  /** What a person types to do something there. */
  command(remote = "", options = ""): string {
    const words = ["ssh", options, "-F", inShell(this.config), this.host, remote === "" ? "" : inShell(remote)];
    return words.filter((word) => word !== "").join(" ");
  }

  /** Runs a script there; fails when ssh does not get in. */
  async run(script: string, { input, onLine }: RemoteProps = {}): Promise<Answer> {
    this.abort.throwIfAborted();
    const args = ["-F", this.config, "-T", "-o", "ClearAllForwardings=yes", this.host, script];
    // A group of its own: the terminal's Ctrl-C is ours to answer.
    const child = spawn("ssh", args, { detached: true, stdio: ["pipe", "pipe", "pipe"] });
    // Who does not get in reads nothing, and says why in another place.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
    const out: string[] = [];
    const err: string[] = [];
    child.stdout
      .setEncoding("utf8")
      .on("data", onLine === undefined ? (text: string) => out.push(text) : byText(onLine));
    child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
    const code = await this.ended(child, onLine === undefined ? PATIENCE : undefined);
    this.abort.throwIfAborted();
    if (code === undefined) throw new Unreachable("the connection was cut off");
    if (code === 255) throw refusal(err.join(""), { host: this.host, knownHosts: this.knownHosts });
    return { code, out: out.join("") };
  }

  /** Code of a program; nothing when a signal, ours or another, has ended it. */
  private ended(child: ChildProcess, patience: number | undefined): Promise<number | undefined> {
    const end = () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, "SIGTERM");
    };
    this.abort.addEventListener("abort", end, { once: true });
    const timer = patience === undefined ? undefined : setTimeout(end, patience);
    return new Promise((resolve, reject) => {
      child.once("error", (error) => {
        reject(new Error(`there is no program ssh (${error.message}); install OpenSSH's client`));
      });
      child.once("close", (code) => {
        clearTimeout(timer);
        this.abort.removeEventListener("abort", end);
        resolve(code ?? undefined);
      });
    });
  }
}

/** The install host, as far as it is used. */
export type Remote = Pick<Ssh, "host" | "command" | "run">;

function byText(onLine: (line: string) => void): (text: string) => void {
  const read = byLine(onLine);
  return (text) => {
    read(Buffer.from(text));
  };
}

function inShell(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
