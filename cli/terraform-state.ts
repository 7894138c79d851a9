import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { terraformProgram } from "@groundwork/tooling/terraform/program";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";

/** The stack's state file when its backend is `local`; empty before the first deployment. Undefined for any other backend. */
export function localState({ stateFile }: SynthesizedStack): string | undefined {
  if (stateFile === undefined) return undefined;
  return existsSync(stateFile) ? readFileSync(stateFile, "utf8") : "";
}

/** Initializes the stack's backend, runs a Terraform command that reads its state, and returns the output. */
export async function readFromBackend(
  { directory: cwd }: SynthesizedStack,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const terraform = async (...words: readonly string[]) =>
    (await promisify(execFile)(terraformProgram(), words, { cwd, env, maxBuffer: 256 * 1024 * 1024 })).stdout;
  await terraform("init", "-input=false", "-no-color");
  return terraform(...args);
}
