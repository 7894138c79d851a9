import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { terraformProgram } from "@groundwork/tooling/terraform/program";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/** What Terraform knows of a stack under the names of its outputs; nothing that is no text. */
export type Outputs = ReadonlyMap<string, string>;

/** Whether a stack tells where its cluster is installed from. */
export function hasInstallHost({ json }: SynthesizedStack): boolean {
  const { output } = json as { readonly output?: object };
  return Object.keys(output ?? {}).includes("installHost");
}

/** Reads a stack's outputs where its state lies: a file of the project, or wherever the backend keeps it. */
export async function outputsOf(stack: SynthesizedStack): Promise<Outputs> {
  const file = stack.stateFile;
  if (file === undefined) return readOutputs(await asked(stack));
  if (!existsSync(file)) return new Map();
  const state = JSON.parse(readFileSync(file, "utf8")) as { readonly outputs?: unknown };
  return readOutputs(state.outputs);
}

async function asked({ id, directory }: SynthesizedStack): Promise<unknown> {
  const terraform = (...args: string[]) =>
    promisify(execFile)(terraformProgram(), args, { cwd: directory, maxBuffer: 64 * 1024 * 1024 });
  try {
    await terraform("init", "-input=false", "-no-color");
    return JSON.parse((await terraform("output", "-json", "-no-color")).stdout) as unknown;
  } catch (error) {
    const { stderr = "" } = error as { readonly stderr?: string };
    const why = /Error: .*/.exec(stderr)?.[0] ?? "see terraform init";
    throw new Error(
      `the state of ${id} cannot be read (${why}); log in where it lies, or say --bastion <address> --install-host <address>`,
    );
  }
}

function readOutputs(outputs: unknown): Outputs {
  const entries = Object.entries((outputs ?? {}) as Readonly<Record<string, { readonly value?: unknown }>>);
  return new Map(entries.flatMap(([name, { value }]) => (typeof value === "string" ? [[name, value]] : [])));
}
