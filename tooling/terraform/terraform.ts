import { spawn } from "node:child_process";
import type { KnownProcess } from "../process/background";
import { know } from "../process/background";
import { byLine } from "../process/run";
import { terraformProgram } from "./program";

/** What Terraform did to one resource. */
export interface Done {
  readonly type: string;
  readonly address: string;
  readonly action: "create" | "update" | "delete";
}

/** How a run of Terraform ended. */
export interface Outcome {
  /** Nothing when a signal ended it. */
  readonly code: number | null;
  readonly done: readonly Done[];
  readonly errors: readonly string[];
}

/** A run of Terraform that can be watched and asked to end. */
export interface Run {
  readonly process: KnownProcess;
  readonly outcome: Promise<Outcome>;
}

/** Plain Terraform in the directory of one synthesized stack: what `cdktf` runs, without what it adds. */
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

  apply(onDone?: (done: Done) => void): Promise<Outcome> {
    return this.start(["apply", "-auto-approve", "-json"], onDone).outcome;
  }

  destroy(): Promise<Outcome> {
    return this.start(["destroy", "-auto-approve", "-json"]).outcome;
  }

  /** What Terraform would change now; empty when everything is as it is written. */
  async drift(): Promise<string> {
    const { code, text } = await this.read(["plan", "-detailed-exitcode", "-no-color"]);
    if (code === 0) return "";
    if (code !== 2) throw new Error(`terraform plan ended with ${String(code)}:\n${text}`);
    return text.slice(text.indexOf("Terraform will perform"));
  }

  /** Addresses that stand in the state. */
  async state(): Promise<readonly string[]> {
    const { code, text } = await this.read(["state", "list", "-no-color"]);
    return code === 0 ? text.split("\n").filter((line) => line !== "") : [];
  }

  /** Starts a run whose progress is told as it happens. */
  start(args: readonly string[], onDone: (done: Done) => void = () => undefined): Run {
    const child = spawn(terraformProgram(), args, {
      cwd: this.directory,
      env: this.env,
      // The terminal's Ctrl-C belongs to whoever runs us; Terraform gets its one SIGINT from us.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const known = child.pid === undefined ? undefined : know(child.pid);
    if (known === undefined) throw new Error("terraform did not start");
    const done: Done[] = [];
    const errors: string[] = [];
    const read = (line: string): void => {
      const event = parse(line);
      if (event.type === "apply_complete" && event.hook !== undefined) {
        const { action, resource } = event.hook;
        const one = { type: resource.resource_type, address: resource.addr, action };
        done.push(one);
        onDone(one);
      }
      if (event["@level"] === "error") errors.push(event["@message"] ?? line);
    };
    child.stdout.on("data", byLine(read));
    child.stderr.on(
      "data",
      byLine((line) => errors.push(line)),
    );
    const outcome = new Promise<Outcome>((resolve) => {
      child.once("close", (code) => resolve({ code, done, errors }));
    });
    return { process: known, outcome };
  }

  private async succeed(args: readonly string[]): Promise<void> {
    const { code, text } = await this.read(args);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")} ended with ${String(code)}:\n${text}`);
  }

  private read(args: readonly string[]): Promise<{ code: number | null; text: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(terraformProgram(), args, {
        cwd: this.directory,
        env: this.env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, text: Buffer.concat(chunks).toString() }));
    });
  }
}

/** One line of Terraform's `-json` output, as far as it is read here. */
interface Event {
  readonly type?: string;
  readonly "@level"?: string;
  readonly "@message"?: string;
  readonly hook?: {
    readonly action: Done["action"];
    readonly resource: { readonly addr: string; readonly resource_type: string };
  };
}

function parse(line: string): Event {
  try {
    return JSON.parse(line) as Event;
  } catch {
    return {};
  }
}
