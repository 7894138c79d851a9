import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shellWord } from "@groundwork/constructs/core/quoting";
import { Unreachable } from "../first-boot/unreachable";
import { LimitedText, OUTPUT_LIMIT } from "./limited-text";
import { sshConfig, type SshTarget } from "./ssh-config";
import { sshError } from "./ssh-errors";

/** Result of a remote command. */
export interface RemoteResult {
  readonly code: number;
  readonly out: string;
}

/** Input and output of a remote command. */
export interface RemoteProps {
  /** Standard input: unlike arguments, it is in no process list. @default - none */
  readonly input?: string;
  /** Receives the output line by line. @default - the output is in the result */
  readonly onLine?: (line: string) => void;
}

/** A status request takes seconds; one without a response must not block a follower. */
const TIMEOUT_MS = 120_000;

/** The install host, through the operator's `ssh` program. */
export class Ssh {
  /** Creates the connection settings. Configuration and host keys are stored in the directory, one per stack. */
  static to(target: SshTarget, directory: string, abort: AbortSignal): Ssh {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const knownHosts = join(directory, "known_hosts");
    const config = join(directory, "ssh_config");
    writeFileSync(config, sshConfig(target, knownHosts), { mode: 0o600 });
    return new Ssh(target.installHost.host, config, knownHosts, abort);
  }

  private constructor(
    /** First control plane node. */
    readonly host: string,
    private readonly config: string,
    private readonly knownHosts: string,
    private readonly abort: AbortSignal,
  ) {}

  /** The command line with which the operator runs a command on the host. */
  command(remote = "", options: readonly string[] = []): string {
    const words = ["ssh", ...options, "-F", this.config, this.host, ...(remote === "" ? [] : [remote])];
    return words.map(shellWord).join(" ");
  }

  /** Runs a script on the host; throws when ssh cannot connect. */
  async run(script: string, { input, onLine }: RemoteProps = {}): Promise<RemoteResult> {
    this.abort.throwIfAborted();
    const args = ["-F", this.config, "-T", "-o", "ClearAllForwardings=yes", this.host, script];
    // A process group of its own: the terminal's Ctrl-C is handled by this process.
    const child = spawn("ssh", args, { detached: true, stdio: ["pipe", "pipe", "pipe"] });
    // When ssh cannot connect, it does not read its input; standard error contains the cause.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
    const out = new LimitedText(() => child.kill(), onLine);
    const err = new LimitedText(() => child.kill());
    child.stdout.setEncoding("utf8").on("data", out.add);
    child.stderr.setEncoding("utf8").on("data", err.add);
    const code = await this.exitCode(child, onLine === undefined ? TIMEOUT_MS : undefined);
    this.abort.throwIfAborted();
    if (out.isExceeded || err.isExceeded)
      throw new Error(`${this.host} sends more than ${OUTPUT_LIMIT / 1024 / 1024} MiB; check the machine`);
    if (code === undefined) throw new Unreachable("the connection was cut off");
    if (code === 255) throw sshError(err.text, { host: this.host, knownHosts: this.knownHosts });
    return { code, out: out.text };
  }

  /** Exit code of a program; undefined when a signal has ended it, at the timeout or from outside. */
  private exitCode(child: ChildProcess, timeoutMs: number | undefined): Promise<number | undefined> {
    const end = () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, "SIGTERM");
    };
    this.abort.addEventListener("abort", end, { once: true });
    const timer = timeoutMs === undefined ? undefined : setTimeout(end, timeoutMs);
    return new Promise((resolve, reject) => {
      child.once("error", (error) => {
        reject(new Error(`cannot run ssh (${error.message}); install the OpenSSH client`));
      });
      child.once("close", (code) => {
        clearTimeout(timer);
        this.abort.removeEventListener("abort", end);
        resolve(code ?? undefined);
      });
    });
  }
}

/** The interface of {@link Ssh} that commands use. */
export type Remote = Pick<Ssh, "host" | "command" | "run">;
