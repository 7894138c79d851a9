import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { AwsSession } from "../aws/aws-session";
import { type EnvironmentSelection, findEnvironment } from "../deployed-environment";
import { abortable, interruptible } from "../program/interruptible";
import { type Io, logOf, printJson } from "../program/io";
import type { Lines } from "../reporter";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { identifyingTags, parseTags } from "./identifying-tags";
import { findOrphans } from "./orphans";
import { type Import, importBlocks, type Remedies } from "./remedies";
import { report } from "./report";
import type { Inventory } from "./tagged-objects";

/** File in a stack's directory that contains its import blocks; Terraform reads every file of the directory. */
const IMPORTS_FILE = "orphans.tf";

/** Arguments of `groundwork orphans`. */
export interface OrphansCommand extends EnvironmentSelection {
  /** Whether import blocks are written to the stacks' directories. */
  readonly write: boolean;
  /** Tags of the resources. @default - the common default tags of the stacks' AWS providers */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Options of `groundwork orphans`. */
export interface OrphansOptions extends OutputOptions {
  readonly environment?: string;
  readonly tag?: readonly string[];
  readonly write?: boolean;
  readonly json?: boolean;
}

/** Runs `groundwork orphans`. Returns the exit code. */
export function orphansAction(patterns: readonly string[], options: OrphansOptions, io: Io): Promise<number> {
  const log = logOf(io, options);
  return interruptible(io, "interrupted", async (abort) => {
    const { environment, write = false, json = false } = options;
    const tags = options.tag === undefined ? undefined : parseTags(options.tag);
    const { project } = await projectStacks(options, log, abort);
    const command = { patterns, environment, write, tags, output: project.output };
    const found = await abortable(abort, orphansCommand(command, json ? () => undefined : io.out));
    if (json) printJson(io, found);
    return 0;
  });
}

/** Prints the orphaned resources of the selected stacks, and writes import blocks on request. */
export async function orphansCommand(command: OrphansCommand, log: (lines: Lines) => void): Promise<Remedies> {
  const { stacks, endpoint, pullState } = await findEnvironment(command);
  const tags = command.tags ?? identifyingTags(stacks);

  for (const { directory } of stacks) rmSync(join(directory, IMPORTS_FILE), { force: true });
  const sessions: AwsSession[] = [];
  try {
    const inventory = (region: string) => {
      const session = new AwsSession(region, endpoint);
      sessions.push(session);
      return inventoryOf(session);
    };
    const found = await findOrphans({ tags, stacks, pullState, inventory });
    if (command.write) for (const stack of stacks) writeImports(stack, found.imports);
    log(report(command, found));
    return found;
  } finally {
    for (const session of sessions) session.destroy();
  }
}

function writeImports(stack: SynthesizedStack, imports: readonly Import[]): void {
  const own = imports.filter((block) => block.stack === stack.id);
  if (own.length > 0) writeFileSync(join(stack.directory, IMPORTS_FILE), `${importBlocks(own).join("\n")}\n`);
}

async function inventoryOf(session: AwsSession): Promise<Inventory> {
  const { Account: account = "" } = await session.client(STSClient).send(new GetCallerIdentityCommand({}));
  return { session, region: session.region, account };
}
