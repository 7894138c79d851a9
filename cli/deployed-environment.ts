import { type Cloud, projectCloud, status, variablesOf } from "@groundwork/local/cloud";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { projectDirectory } from "@groundwork/tooling/paths";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { readProject } from "./project/project";
import { knownStacks, type StackSelection, selectionText, selectStacks } from "./project/stack-selection";
import { localState, readFromBackend } from "./terraform-state";

/** Selects stacks and the cloud in which they are deployed. */
export interface EnvironmentSelection extends StackSelection {
  /** Whether stacks that depend on a selected stack are selected too. @default false */
  readonly withDependants?: boolean;
  /** Directory of the synthesized app. @default - the output directory of the project */
  readonly output?: string;
  /** Address of a local cloud. @default - the project's local cloud for stacks that connect to it, AWS for others */
  readonly endpoint?: string;
}

/** The selected AWS stacks with access to their cloud and their Terraform states. */
export interface DeployedEnvironment {
  readonly stacks: readonly SynthesizedStack[];
  /** Address of the local cloud; undefined on AWS. */
  readonly endpoint: string | undefined;
  /** Terraform state of a stack; empty when there is none. */
  readonly pullState: (stack: SynthesizedStack) => Promise<string>;
}

/** Finds the selected AWS stacks in a synthesized app. */
export async function findEnvironment(selection: EnvironmentSelection): Promise<DeployedEnvironment> {
  const { output = readProject().output, endpoint } = selection;
  const all = synthesizedStacks(output);
  const selected = selectStacks(all, selection);
  const stacks = (selection.withDependants === true ? withDependants(selected, all) : selected).filter(
    ({ region }) => region !== "",
  );
  if (stacks.length === 0)
    throw new Error(`no AWS stack in ${selectionText(selection)}; ${knownStacks(all.map(({ id }) => id))}`);
  const cloud = endpoint === undefined && isLocal(stacks) ? await runningCloud() : undefined;
  const address = endpoint ?? cloud?.endpoint;
  const env = address === undefined ? process.env : localEnvironment(address, output, cloud);
  return {
    stacks,
    endpoint: address,
    pullState: async (stack) => localState(stack) ?? (await readFromBackend(stack, ["state", "pull"], env)),
  };
}

/** Whether the stacks are in the local cloud; they have one connection, so a mixture is rejected. */
function isLocal(stacks: readonly SynthesizedStack[]): boolean {
  const local = stacks.filter((stack) => stack.isLocal);
  if (local.length === 0 || local.length === stacks.length) return local.length > 0;
  const ids = local.map(({ id }) => id).join(", ");
  throw new Error(
    `${ids} are in the local cloud and the others are not; select one environment, for example with --environment`,
  );
}

/** The stacks, and those that depend on them, in the order of the app. */
function withDependants(
  selected: readonly SynthesizedStack[],
  all: readonly SynthesizedStack[],
): readonly SynthesizedStack[] {
  const ids = new Set(selected.map(({ id }) => id));
  for (const { id, dependencies } of all) if (dependencies.some((dependency) => ids.has(dependency))) ids.add(id);
  return all.filter(({ id }) => ids.has(id));
}

function localEnvironment(endpoint: string, directory: string, cloud: Cloud | undefined): NodeJS.ProcessEnv {
  return terraformEnvironment({ endpoint, directory, variables: cloud === undefined ? {} : variablesOf(cloud) });
}

async function runningCloud(): Promise<Cloud> {
  const cloud = await status(projectCloud());
  if (cloud === undefined)
    throw new Error(
      `the local cloud of ${projectDirectory()} is not running and its resources no longer exist; start it: npx groundwork local up`,
    );
  return cloud;
}
