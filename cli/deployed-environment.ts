import { join } from "node:path";
import { type Cloud, DEFAULT_DIRECTORIES, status, variablesOf } from "@groundwork/local/cloud";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { ROOT } from "@groundwork/tooling/paths";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { localState, readFromBackend } from "./terraform-state";

/** Selects an environment and the cloud in which it is deployed. */
export interface EnvironmentSelection {
  readonly environment: string;
  /** Directory of the synthesized app. @default - `cdktf.out` of the project */
  readonly output?: string;
  /** Address of a local cloud. @default - the cloud of `npm run local` for the environment `local`, AWS for others */
  readonly endpoint?: string;
}

/** The AWS stacks of an environment with access to their cloud and their Terraform states. */
export interface DeployedEnvironment {
  readonly stacks: readonly SynthesizedStack[];
  /** Address of the local cloud; undefined on AWS. */
  readonly endpoint: string | undefined;
  /** Terraform state of a stack; empty when there is none. */
  readonly pullState: (stack: SynthesizedStack) => Promise<string>;
}

/** Finds the AWS stacks of an environment in a synthesized app. */
export async function findEnvironment({
  environment,
  output = join(ROOT, "cdktf.out"),
  endpoint,
}: EnvironmentSelection): Promise<DeployedEnvironment> {
  const stacks = synthesizedStacks(output, environment).filter(({ region }) => region !== "");
  if (stacks.length === 0) throw new Error(`no AWS stack of an environment "${environment}" in ${output}`);
  const cloud = endpoint === undefined && environment === "local" ? await runningCloud() : undefined;
  const address = endpoint ?? cloud?.endpoint;
  const env = address === undefined ? process.env : localEnvironment(address, output, cloud);
  return {
    stacks,
    endpoint: address,
    pullState: async (stack) => localState(stack) ?? (await readFromBackend(stack, ["state", "pull"], env)),
  };
}

function localEnvironment(endpoint: string, directory: string, cloud: Cloud | undefined): NodeJS.ProcessEnv {
  return terraformEnvironment({ endpoint, directory, variables: cloud === undefined ? {} : variablesOf(cloud) });
}

async function runningCloud(): Promise<Cloud> {
  const cloud = await status(DEFAULT_DIRECTORIES);
  if (cloud === undefined)
    throw new Error("the local cloud is not running and its resources no longer exist; start it: npm run local -- up");
  return cloud;
}
