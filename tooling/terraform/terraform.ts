import { execa } from "execa";
import { identifyProcess, type ProcessIdentity } from "../process/background";
import { codeOf, lineReader } from "../process/run";
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

/** Terraform in the directory of one synthesized stack, without cdktf. */
export class Terraform {
  constructor(
    readonly directory: string,
    private readonly env: NodeJS.ProcessEnv,
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

  destroy(): Promise<Outcome> {
    return this.start(["destroy", "-auto-approve", "-json"]).outcome;
  }

  /** The changes that a plan contains; empty if the infrastructure matches the configuration. */
  async drift(): Promise<string> {
    const { code, text } = await this.read(["plan", "-detailed-exitcode", "-no-color"]);
    if (code === 0) return "";
    if (code !== 2) throw new Error(`terraform plan ended with ${String(code)}:\n${text}`);
    return text.slice(text.indexOf("Terraform will perform"));
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
    if (identity === undefined) throw new Error("terraform did not start");
    return { process: identity, outcome: child.then((result) => ({ code: codeOf(result), done, errors })) };
  }

  private async succeed(args: readonly string[]): Promise<void> {
    const { code, text } = await this.read(args);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")} ended with ${String(code)}:\n${text}`);
  }

  private async read(args: readonly string[]): Promise<{ code: number | null; text: string }> {
    const result = await execa(terraformProgram(), args, {
      cwd: this.directory,
      env: this.env,
      extendEnv: false,
      stdin: "ignore",
      all: true,
      reject: false,
      stripFinalNewline: false,
    });
    return { code: codeOf(result), text: result.all };
  }
}

/** One line of Terraform's `-json` output: the fields that are used here. */
interface Event {
  readonly type?: string;
  readonly "@level"?: string;
  readonly "@message"?: string;
  readonly hook?: {
    readonly action: CompletedChange["action"];
    readonly resource: { readonly addr: string; readonly resource_type: string };
  };
}

function readEvent(line: string, errors: string[], onDone: (change: CompletedChange) => void): void {
  const event = parse(line);
  if (event.type === "apply_complete" && event.hook !== undefined) {
    const { action, resource } = event.hook;
    onDone({ type: resource.resource_type, address: resource.addr, action });
  }
  if (event["@level"] === "error") errors.push(event["@message"] ?? line);
}

function parse(line: string): Event {
  try {
    return JSON.parse(line) as Event;
  } catch {
    return {};
  }
}
