import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Cloud } from "@groundwork/local/cloud";
import { DEFAULT_PLACE, status, variablesOf } from "@groundwork/local/cloud";
import { ROOT } from "@groundwork/tooling/paths";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { terraformProgram } from "@groundwork/tooling/terraform/program";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";

/** Which environment, and where it stands. */
export interface Whereabouts {
  readonly environment: string;
  /** Folder that the app was synthesized into. @default - `cdktf.out` of the project */
  readonly output?: string;
  /** Address of a local cloud. @default - the one of `npm run local`, for the environment `local` */
  readonly endpoint?: string;
}

/** An environment on AWS as a program meets it: its stacks, its cloud, and what Terraform knows of it. */
export interface Reach {
  readonly stacks: readonly SynthesizedStack[];
  /** Nothing when the cloud is AWS itself. */
  readonly endpoint: string | undefined;
  /** Environment of Terraform and of the AWS command line. */
  readonly env: NodeJS.ProcessEnv;
  /** Terraform's state of a stack; empty when there is none. */
  readonly pullState: (stack: SynthesizedStack) => Promise<string>;
}

/** Finds an environment. */
export async function reach({ environment, output = join(ROOT, "cdktf.out"), endpoint }: Whereabouts): Promise<Reach> {
  const stacks = synthesizedStacks(output, environment).filter(({ region }) => region !== "");
  if (stacks.length === 0) throw new Error(`no stack on AWS of an environment "${environment}" in ${output}`);
  const cloud = endpoint === undefined && environment === "local" ? await localCloud() : undefined;
  const address = endpoint ?? cloud?.endpoint;
  const env =
    address === undefined
      ? process.env
      : terraformEnvironment({
          endpoint: address,
          directory: output,
          variables: cloud === undefined ? {} : variablesOf(cloud),
        });
  return { stacks, endpoint: address, env, pullState: (stack) => pullState(stack, env) };
}

async function localCloud(): Promise<Cloud> {
  const cloud = await status(DEFAULT_PLACE);
  if (cloud === undefined)
    throw new Error("the local cloud does not stand, and what stood in it is gone: npm run local -- up");
  return cloud;
}

/** Reads a state where it lies: a file of the project, or wherever the backend keeps it. */
async function pullState(stack: SynthesizedStack, env: NodeJS.ProcessEnv): Promise<string> {
  const file = stack.stateFile;
  if (file !== undefined) return existsSync(file) ? readFileSync(file, "utf8") : "";
  const terraform = (...args: string[]) =>
    promisify(execFile)(terraformProgram(), args, { cwd: stack.directory, env, maxBuffer: 256 * 1024 * 1024 });
  await terraform("init", "-input=false", "-no-color");
  return (await terraform("state", "pull")).stdout;
}
