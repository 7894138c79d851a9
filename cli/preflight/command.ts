import { status, projectCloud, variablesOf } from "@groundwork/local/cloud";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { projectDirectory } from "@groundwork/tooling/paths";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { abortable, interruptible } from "../program/interruptible";
import { type Io, logOf, printJson } from "../program/io";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { selectStacks } from "../project/stack-selection";
import { localState, readFromBackend } from "../terraform-state";
import { cloudsOf } from "./clouds";
import { QUOTA_KINDS, type RaisedQuotas } from "./nhn/vpc-quotas";
import { type CloudResults, report } from "./report";
import { readDeployed } from "./state";

/** Options of `groundwork preflight`. */
export interface PreflightOptions extends OutputOptions {
  readonly environment?: string;
  readonly nhnQuota?: readonly string[];
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** Where stacks are deployed. */
interface Target {
  readonly env: NodeJS.ProcessEnv;
  /** Address of the local cloud; undefined for others. */
  readonly endpoint: string | undefined;
}

/** Runs `groundwork preflight`: compares stacks with their clouds before anything is created. Returns the exit code. */
export function preflightCommand(patterns: readonly string[], options: PreflightOptions, io: Io): Promise<number> {
  const { environment, json = false, strict = false } = options;
  const log = logOf(io, options);
  const raised = parseQuotas(options.nhnQuota ?? []);
  return interruptible(io, "interrupted", async (abort) => {
    const { project, stacks: all } = await projectStacks(options, log, abort);
    const stacks = selectStacks(all, { patterns, environment });
    const target = await targetOf(stacks, project.output);
    const results = await abortable(abort, preflight(stacks, target, raised));
    if (json) printJson(io, results);
    else io.out(report(results));
    const count = (of: (result: CloudResults) => readonly unknown[]) => results.flatMap(of).length;
    const isIncomplete = strict && count(({ notChecked }) => notChecked) > 0;
    return count(({ problems }) => problems) > 0 || isIncomplete ? 1 : 0;
  });
}

/** Compares stacks with their clouds. */
export async function preflight(
  stacks: readonly SynthesizedStack[],
  { env, endpoint }: Target,
  raised: RaisedQuotas,
): Promise<readonly CloudResults[]> {
  const planned = await Promise.all(
    stacks.map(async (stack) => ({
      stack,
      deployed: readDeployed(localState(stack) ?? (await readFromBackend(stack, ["state", "pull"], env))),
    })),
  );
  const results: CloudResults[] = [];
  for (const cloud of cloudsOf({ stacks: planned, env, endpoint, raised })) {
    const ids = [...new Set(cloud.stacks.map(({ stack }) => stack.id))];
    results.push({ cloud: cloud.name, stacks: ids, ...(await cloud.check()) });
  }
  return results;
}

/** The environment of the clouds; that of the local cloud for stacks that connect to it. */
async function targetOf(stacks: readonly SynthesizedStack[], output: string): Promise<Target> {
  const local = stacks.filter(({ isLocal }) => isLocal);
  if (local.length === 0) return { env: process.env, endpoint: undefined };
  if (local.length < stacks.length)
    throw new Error(
      `${local.map(({ id }) => id).join(", ")} are in the local cloud and the others are not; select one environment`,
    );
  const cloud = await status(projectCloud());
  if (cloud === undefined)
    throw new Error(`the local cloud of ${projectDirectory()} is not running; start it: npx groundwork local up`);
  const { endpoint } = cloud;
  return { endpoint, env: terraformEnvironment({ endpoint, directory: output, variables: variablesOf(cloud) }) };
}

/** Parses `vpcs=5`. */
export function parseQuotas(given: readonly string[]): RaisedQuotas {
  return Object.fromEntries(
    given.map((text) => {
      const [, kind = "", number = ""] = /^(\w+)=(\d+)$/.exec(text) ?? [];
      if (!QUOTA_KINDS.includes(kind))
        throw new Error(
          `"${text}" is no quota of NHN Cloud; write <kind>=<number> with one of ${QUOTA_KINDS.join(", ")}`,
        );
      return [kind, Number(number)];
    }),
  );
}
