import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { AwsSession } from "../aws/aws-session";
import { type EnvironmentSelection, findEnvironment } from "../deployed-environment";
import { findOrphans } from "./orphans";
import { type Import, importBlocks, type Remedies } from "./remedies";
import { report } from "./report";
import type { Inventory } from "./tagged-objects";

/** File in a stack's directory that contains its import blocks; Terraform reads every file of the directory. */
const IMPORTS_FILE = "orphans.tf";

/** Arguments of `npm run orphans`. */
export interface OrphansCommand extends EnvironmentSelection {
  /** Whether import blocks are written to the stacks' directories. */
  readonly write: boolean;
}

/** Runs `npm run orphans`: prints the orphaned resources of an environment, and writes import blocks on request. */
export async function orphansCommand(command: OrphansCommand, log: (text: string) => void): Promise<Remedies> {
  const { environment, write } = command;
  const { stacks, endpoint, pullState } = await findEnvironment(command);

  for (const { directory } of stacks) rmSync(join(directory, IMPORTS_FILE), { force: true });
  const sessions: AwsSession[] = [];
  try {
    const inventory = (region: string) => {
      const session = new AwsSession(region, endpoint);
      sessions.push(session);
      return inventoryOf(session);
    };
    const found = await findOrphans({ environment, stacks, pullState, inventory });
    if (write) for (const stack of stacks) writeImports(stack, found.imports);
    log(report(environment, found));
    return found;
  } finally {
    for (const session of sessions) session.destroy();
  }
}

function writeImports(stack: SynthesizedStack, imports: readonly Import[]): void {
  const own = imports.filter((block) => block.stack === stack.id);
  if (own.length > 0) writeFileSync(join(stack.directory, IMPORTS_FILE), importBlocks(own));
}

async function inventoryOf(session: AwsSession): Promise<Inventory> {
  const { Account: account = "" } = await session.client(STSClient).send(new GetCallerIdentityCommand({}));
  return { session, region: session.region, account };
}
