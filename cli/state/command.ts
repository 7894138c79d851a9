import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { AwsSession } from "../aws/aws-session";
import { abortable, interruptible } from "../program/interruptible";
import { type Io, logOf, printJson } from "../program/io";
import { selectStacks } from "../project/stack-selection";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { createStateBucket, type Outcome } from "./state-bucket";
import { type StateLocation, stateLocations } from "./state-locations";

/** Options of `groundwork state create`. */
export interface StateOptions extends OutputOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
}

/** A bucket, and what was done with it. */
export type CreatedBucket = StateLocation & { readonly outcome: Outcome };

/** Runs `groundwork state create`: creates the buckets in which an environment stores its states. Returns the exit code. */
export function stateCreateAction(environment: string, options: StateOptions, io: Io): Promise<number> {
  const log = logOf(io, options);
  return interruptible(io, "interrupted", async (abort) => {
    const { stacks } = await projectStacks(options, log, abort);
    const locations = stateLocations(selectStacks(stacks, { environment }));
    if (locations.length === 0)
      log(`the stacks of ${environment} store their states in files of this project; nothing to create`);
    const created: CreatedBucket[] = [];
    for (const location of locations) {
      created.push({ ...location, outcome: await abortable(abort, createIn(location, options.endpoint)) });
      log(lineOf(created.at(-1) ?? { ...location, outcome: "updated" }));
    }
    if (options.json === true) printJson(io, created);
    return 0;
  });
}

function lineOf({ bucket, region, outcome, stacks }: CreatedBucket): string {
  const noun = stacks.length === 1 ? "stack" : "stacks";
  return `${outcome} ${bucket} in ${region}: versioned, encrypted, TLS only; ${stacks.length} ${noun}, each with a lock file`;
}

/** Creates a bucket in the account that the stacks may be deployed to, and in no other. */
async function createIn(location: StateLocation, endpoint: string | undefined): Promise<Outcome> {
  const session = new AwsSession(location.region, endpoint);
  try {
    const { Account: account = "" } = await session.client(STSClient).send(new GetCallerIdentityCommand({}));
    if (location.accounts.length > 0 && !location.accounts.includes(account) && endpoint === undefined)
      throw new Error(
        `the credentials belong to account ${account}, the stacks to ${location.accounts.join(", ")}; log in to that account`,
      );
    return await createStateBucket(session, location);
  } finally {
    session.destroy();
  }
}
