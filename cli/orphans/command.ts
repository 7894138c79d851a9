import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient } from "@aws-sdk/client-ecr";
import { IAMClient } from "@aws-sdk/client-iam";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { CREDENTIALS } from "@groundwork/local/aws/account";
import type { Whereabouts } from "../deployed-environment";
import { reach } from "../deployed-environment";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { findOrphans } from "./orphans";
import type { Import, Remedies } from "./remedies";
import { importBlocks } from "./remedies";
import { report } from "./report";
import type { Inventory } from "./tagged-objects";

/** Name of the file beside a stack that holds its import blocks; Terraform reads every file there. */
const IMPORTS_FILE = "orphans.tf";

/** Which environment, and what is written. */
export interface OrphansCommand extends Whereabouts {
  /** Whether import blocks are to be written beside the stacks. */
  readonly write: boolean;
}

/** What `npm run orphans` does: looks, says what it found, and writes import blocks when asked to. */
export async function orphansCommand(command: OrphansCommand, say: (text: string) => void): Promise<Remedies> {
  const { environment, write } = command;
  const { stacks, endpoint, pullState } = await reach(command);

  for (const { directory } of stacks) rmSync(join(directory, IMPORTS_FILE), { force: true });
  const found = await findOrphans({
    environment,
    stacks,
    pullState,
    inventory: (region) => inventory(region, endpoint),
  });
  if (write) for (const stack of stacks) writeImports(stack, found.imports);
  say(report(environment, found));
  return found;
}

function writeImports(stack: SynthesizedStack, imports: readonly Import[]): void {
  const own = imports.filter((one) => one.stack === stack.id);
  if (own.length > 0) writeFileSync(join(stack.directory, IMPORTS_FILE), importBlocks(own));
}

async function inventory(region: string, endpoint: string | undefined): Promise<Inventory> {
  // On AWS the credentials are whatever the person's shell gives to every AWS program.
  const settings = endpoint === undefined ? { region } : { region, endpoint, credentials: CREDENTIALS };
  const { Account = "" } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  return {
    region,
    account: Account,
    ec2: new EC2Client(settings),
    ecr: new ECRClient(settings),
    iam: new IAMClient(settings),
    logs: new CloudWatchLogsClient(settings),
    tagging: new ResourceGroupsTaggingAPIClient(settings),
  };
}
