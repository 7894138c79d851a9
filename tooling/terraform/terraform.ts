import { basename } from "node:path";
import { execa } from "execa";
import { identifyProcess, isRunning, type ProcessIdentity, sendSignal } from "../process/background";
import { codeOf, lineReader } from "../process/run";
import { type PlannedChange, plannedChanges } from "./planned-change";
import { terraformProgram } from "./program";

/** A completed change of one resource. */
export interface CompletedChange {
  readonly type: string;
  readonly address: string;
  readonly action: "create" | "update" | "delete";
}

/** The result of a Terraform run. */
export interface Outcome {
  /** `null` if a signal ended Terraform. */
  readonly code: number | null;
  readonly done: readonly CompletedChange[];
  readonly errors: readonly string[];
}

/** A Terraform run in progress. */
export interface Run {
  readonly process: ProcessIdentity;
  readonly outcome: Promise<Outcome>;
}

/** Size of the longest output that is read: the plan of a large stack as JSON. */
const MAX_OUTPUT = 512 * 1024 * 1024;

/** How long an interrupted Terraform may finish its calls before it is killed. */
const SHUTDOWN_MS = 60_000;

/** Terraform in the directory of one synthesized stack, without cdktf. */
export class Terraform {
  constructor(
    readonly directory: string,
    private readonly env: NodeJS.ProcessEnv,
    /** Shuts a run down: Terraform finishes the calls in flight. @default - nothing ends a run early */
    private readonly abort?: AbortSignal,
  ) {}

  async init(): Promise<void> {
    await this.succeed(["init", "-no-color"]);
  }

  async validate(): Promise<void> {
    await this.succeed(["validate", "-no-color"]);
  }

  apply(onDone?: (change: CompletedChange) => void): Promise<Outcome> {
    return this.start(["apply", "-auto-approve", "-json"], onDone).outcome;
  }

  /** Applies a plan of {@link plan}. */
  applyPlan(file: string, onDone?: (change: CompletedChange) => void): Promise<Outcome> {
    return this.start(["apply", "-json", file], onDone).outcome;
  }

  destroy(onDone?: (change: CompletedChange) => void): Promise<Outcome> {
    return this.start(["destroy", "-auto-approve", "-json"], onDone).outcome;
  }

  /** Plans into a file; returns the changes. */
  async plan(file: string): Promise<readonly PlannedChange[]> {
    await this.succeed(["plan", "-no-color", `-out=${file}`]);
    return plannedChanges(await this.succeed(["show", "-json", file]));
  }

  /** The changes that a plan contains; empty if the infrastructure matches the configuration. */
  async drift(): Promise<string> {
    const { code, text } = await this.read(["plan", "-detailed-exitcode", "-no-color"]);
    if (code === 0) return "";
    if (code !== 2) throw new Error(`${basename(terraformProgram())} plan ended with ${String(code)}:\n${text}`);
    return text.slice(Math.max(0, text.search(/(Terraform|OpenTofu) will perform/)));
  }

  /** Resource addresses in the state. */
  async state(): Promise<readonly string[]> {
    const { code, text } = await this.read(["state", "list", "-no-color"]);
    return code === 0 ? text.split("\n").filter((line) => line !== "") : [];
  }

  /** Starts a command with `-json`, whose progress is reported while it runs. */
  start(args: readonly string[], onDone: (change: CompletedChange) => void = () => undefined): Run {
    const done: CompletedChange[] = [];
    const errors: string[] = [];
    const child = execa(terraformProgram(), args, {
      cwd: this.directory,
      env: this.env,
      extendEnv: false,
      // The terminal's Ctrl-C must not reach Terraform: a second SIGINT makes it abort.
      detached: true,
      stdin: "ignore",
      stdout: lineReader((line) => readEvent(line, errors, (change) => onDone(done[done.push(change) - 1] ?? change))),
      stderr: lineReader((line) => errors.push(line)),
      buffer: false,
      reject: false,
    });
    const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
    if (identity === undefined) throw new Error(`${terraformProgram()} did not start`);
    const isOver = this.endOnAbort(identity);
    const outcome = child.then((result) => ({ code: codeOf(result), done, errors })).finally(isOver);
    return { process: identity, outcome };
  }

  /** Interrupts Terraform at an abort, once: it aborts at a second signal. Returns the function for its end. */
  private endOnAbort(identity: ProcessIdentity): () => void {
    let timer: NodeJS.Timeout | undefined;
    const end = () => {
      sendSignal(identity, "SIGINT");
      timer = setTimeout(() => {
        // The group contains the providers.
        if (isRunning(identity)) process.kill(-identity.pid, "SIGKILL");
      }, SHUTDOWN_MS);
    };
    if (this.abort?.aborted === true) end();
    else this.abort?.addEventListener("abort", end, { once: true });
    return () => {
      clearTimeout(timer);
      this.abort?.removeEventListener("abort", end);
    };
  }

  /** Runs a command to its end; returns its standard output. */
  private async succeed(args: readonly string[]): Promise<string> {
    const { code, text, stdout } = await this.read(args);
    if (code !== 0)
      throw new Error(`${basename(terraformProgram())} ${args.join(" ")} ended with ${String(code)}:\n${text}`);
    return stdout;
  }

  private async read(args: readonly string[]): Promise<{ code: number | null; text: string; stdout: string }> {
    const child = execa(terraformProgram(), args, {
      cwd: this.directory,
      env: this.env,
      extendEnv: false,
      detached: this.abort !== undefined,
      stdin: "ignore",
      all: true,
      reject: false,
      stripFinalNewline: false,
      maxBuffer: MAX_OUTPUT,
    });
    const identity = this.abort === undefined || child.pid === undefined ? undefined : identifyProcess(child.pid);
    const isOver = identity === undefined ? () => undefined : this.endOnAbort(identity);
    const result = await child.finally(isOver);
    this.abort?.throwIfAborted();
    return { code: codeOf(result), text: result.all, stdout: result.stdout };
  }
}

/** One line of Terraform's `-json` output: the fields that are used here. */
interface Event {
  readonly type?: string;
  readonly "@level"?: string;
  readonly "@message"?: string;
  readonly diagnostic?: { readonly detail?: string; readonly address?: string };
  readonly hook?: {
    /** Terraform also reports data sources that it has read. */
    readonly action: CompletedChange["action"] | "read";
    readonly resource: { readonly addr: string; readonly resource_type: string };
  };
}

function readEvent(line: string, errors: string[], onDone: (change: CompletedChange) => void): void {
  const event = parse(line);
  if (event.type === "apply_complete" && event.hook !== undefined) {
    const { action, resource } = event.hook;
    if (action !== "read") onDone({ type: resource.resource_type, address: resource.addr, action });
  }
  if (event["@level"] === "error") errors.push(errorOf(event) ?? line);
}

/** The message of an error, with the address of the resource and the details. */
function errorOf({ "@message": message, diagnostic: { address = "", detail = "" } = {} }: Event): string | undefined {
  const place = address === "" || message?.includes(address) === true ? "" : ` (${address})`;
  return message === undefined ? undefined : [`${message}${place}`, ...(detail === "" ? [] : [detail])].join("\n");
}

function parse(line: string): Event {
  try {
    return JSON.parse(line) as Event;
  } catch {
    return {};
  }
}
