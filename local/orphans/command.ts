import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { CREDENTIALS } from "../aws/account";
import { DEFAULT_PLACE, status } from "../cloud";
import { ROOT } from "../paths";
import { terraformEnvironment } from "../terraform/environment";
import { terraformProgram } from "../terraform/program";
import type { SynthesizedStack } from "../terraform/synthesized";
import { synthesizedStacks } from "../terraform/synthesized";
import { findOrphans } from "./orphans";
import type { Import, Remedies } from "./remedies";
import { importBlocks } from "./remedies";
import { report } from "./report";
import type { Inventory } from "./tagged-objects";

/** Name of the file beside a stack that holds its import blocks; Terraform reads every file there. */
const IMPORTS_FILE = "orphans.tf";

/** Which environment, and where it stands. */
export interface OrphansCommand {
  readonly environment: string;
  /** Whether import blocks are to be written beside the stacks. */
  readonly write: boolean;
  /** Folder that the app was synthesized into. @default - `cdktf.out` of the project */
  readonly output?: string;
  /** Address of a local cloud. @default - the one of `npm run local`, for the environment `local` */
  readonly endpoint?: string;
}

/** What `npm run orphans` does: looks, says what it found, and writes import blocks when asked to. */
export async function orphansCommand(command: OrphansCommand, say: (text: string) => void): Promise<Remedies> {
  const { environment, write, output = join(ROOT, "cdktf.out") } = command;
  const stacks = synthesizedStacks(output, environment);
  if (stacks.length === 0) throw new Error(`no stack of an environment "${environment}" in ${output}`);
  const endpoint = command.endpoint ?? (environment === "local" ? await localEndpoint() : undefined);
  const env = endpoint === undefined ? process.env : terraformEnvironment({ endpoint, directory: output });

  for (const { directory } of stacks) rmSync(join(directory, IMPORTS_FILE), { force: true });
  const found = await findOrphans({
    environment,
    stacks,
    pullState: (stack) => pullState(stack, env),
    inventory: (region) => inventory(region, endpoint),
  });
  if (write) for (const stack of stacks) writeImports(stack, found.imports);
  say(report(environment, found));
  return found;
}

async function localEndpoint(): Promise<string> {
  const cloud = await status(DEFAULT_PLACE);
  if (cloud === undefined)
    throw new Error("the local cloud does not stand, and what stood in it is gone: npm run local -- up");
  return cloud.endpoint;
}

function writeImports(stack: SynthesizedStack, imports: readonly Import[]): void {
  const own = imports.filter((one) => one.stack === stack.id);
  if (own.length > 0) writeFileSync(join(stack.directory, IMPORTS_FILE), importBlocks(own));
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

async function inventory(region: string, endpoint: string | undefined): Promise<Inventory> {
  // On AWS the credentials are whatever the person's shell gives to every AWS program.
  const settings = endpoint === undefined ? { region } : { region, endpoint, credentials: CREDENTIALS };
  const { Account = "" } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  return {
    region,
    account: Account,
    ec2: new EC2Client(settings),
    iam: new IAMClient(settings),
    logs: new CloudWatchLogsClient(settings),
    tagging: new ResourceGroupsTaggingAPIClient(settings),
  };
}
