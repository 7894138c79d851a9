import { resolve } from "node:path";
import { type Cloud, reset, status, up } from "@groundwork/local/cloud";
import { CONTROL } from "@groundwork/local/openstack/control";
import type { Part } from "@groundwork/local/parts";
import { ensurePython } from "@groundwork/tooling/python";
import { requireTerraform } from "@groundwork/tooling/required-program";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { type Project, readProject } from "../project/project";
import { selectStacks } from "../project/stack-selection";
import { synthesize } from "../synth/synthesize";
import { objectOf } from "@groundwork/tooling/objects";
import { declared } from "./declared";
import { groupsOf } from "./groups";
import { Proof } from "./proof";
import { localNameOf, providerOf } from "./providers";
import { LOCAL_VARIABLES } from "./redirect/redirect";
import { type StackResult, Steps } from "./result";
import { copyStacks, createRunDirectory, type RunDirectory } from "./run-directory";
import { unsupported } from "./unsupported";

/** What is proven. */
export interface RunOptions {
  /** Only stacks whose ids start with this name and a hyphen. */
  readonly environment?: string;
  /** Directory of the synthesized stacks. @default - the stacks are synthesized into a directory of the run */
  readonly output?: string;
  readonly synth: boolean;
  /** Values of Terraform variables: `name=value`. */
  readonly var: readonly string[];
  /** Minutes that one step may take. */
  readonly timeout: number;
}

/** Beginning of the environment variables with the values of Terraform variables. */
const PREFIX = "TF_VAR_";

/** A quota that no stack exceeds: that of a project is not a property of its stacks. */
const QUOTA = { cores: 100_000, ram: 1_000_000_000 };

/** One run of `groundwork prove`, in a directory and a local cloud of its own. */
export class Run {
  private readonly variables: Readonly<Record<string, string>>;

  constructor(
    private readonly patterns: readonly string[],
    private readonly options: RunOptions,
    private readonly log: (line: string) => void,
    private readonly abort: AbortSignal,
  ) {
    const inherited = Object.entries(process.env).filter(([name]) => name.startsWith(PREFIX));
    const all = { ...(Object.fromEntries(inherited) as Record<string, string>), ...variablesIn(options.var) };
    // Addresses and tokens of other clouds, which `groundwork local` and `groundwork nhn` set.
    const own = Object.entries(all).filter(([name]) => !Object.hasOwn(LOCAL_VARIABLES, name.slice(PREFIX.length)));
    this.variables = Object.fromEntries(own);
  }

  /** Proves the stacks. Afterwards no process, state or file of the run remains, also after an error. */
  async results(): Promise<readonly StackResult[]> {
    requireTerraform();
    const { output, synth } = this.options;
    // Stacks in a given directory need no project.
    const project = output !== undefined && !synth ? undefined : readProject();
    const from = output === undefined ? (project?.output ?? "") : resolve(output);
    const directory = await createRunDirectory({ project: project?.directory, output: from });
    try {
      return await this.prove(await this.stacks(project, from, directory), directory);
    } finally {
      await directory.remove();
    }
  }

  private async stacks(
    project: Project | undefined,
    from: string,
    { output }: RunDirectory,
  ): Promise<readonly SynthesizedStack[]> {
    const { log, abort } = this;
    if (project !== undefined && this.options.synth) {
      // The synthesized stacks of the project remain unchanged, unless their directory is given.
      const target = this.options.output === undefined ? output : from;
      // Also for an app that otherwise writes HCL, which cannot be redirected.
      const env = { SYNTH_HCL_OUTPUT: "false" };
      const stacks = await synthesize({ project: { ...project, output: target }, env, log, abort });
      if (target === output) return stacks;
    }
    // Fails with the reason if there are none.
    synthesizedStacks(from);
    copyStacks(from, output);
    return synthesizedStacks(output);
  }

  private async prove(all: readonly SynthesizedStack[], directory: RunDirectory): Promise<readonly StackResult[]> {
    const { environment } = this.options;
    const groups = groupsOf(all, selectStacks(all, { patterns: this.patterns, environment }));
    const stacks = groups.flat();
    const rejected = await this.rejected(stacks, all);
    if (rejected.length > 0) return rejected;
    const results: StackResult[] = [];
    for (const [index, group] of groups.entries()) {
      const cloud = index === 0 ? await this.start(partsOf(stacks), directory) : await this.empty(directory);
      const { variables, log, abort } = this;
      const timeoutMs = this.options.timeout * 60_000;
      const props = { group, all, cloud, directories: directory.cloud, variables, timeoutMs, log, abort };
      results.push(...(await new Proof(props).results()));
    }
    return results;
  }

  /** The results if the local cloud cannot run one of the stacks: then none is started. */
  private async rejected(
    stacks: readonly SynthesizedStack[],
    all: readonly SynthesizedStack[],
  ): Promise<readonly StackResult[]> {
    const names = Object.keys(this.variables).map((name) => name.slice(PREFIX.length));
    const values = new Set([...names, ...Object.keys(LOCAL_VARIABLES)]);
    const steps = stacks.map((stack) => [new Steps(stack.id), unsupported(stack, all, values)] as const);
    if (steps.every(([, problems]) => problems.length === 0)) return [];
    this.log("nothing was started: the local cloud cannot run all of the stacks");
    for (const [one, problems] of steps) {
      if (problems.length > 0) await one.run("supported", () => Promise.resolve(problems));
      else one.skip("supported", "another stack cannot be run; prove this one alone");
    }
    return steps.map(([one]) => one.result);
  }

  private async start(parts: readonly Part[], { cloud: directories }: RunDirectory): Promise<Cloud> {
    const { log, abort } = this;
    await ensurePython(log, abort);
    const cloud = await up(directories, { parts, log, abort });
    abort.throwIfAborted();
    const missing = parts.filter((part) => cloud[part] === undefined);
    if (missing.length > 0)
      throw new Error(`the stacks need ${missing.join(" and ")}, which cannot run here; the reason is above`);
    log(`the local cloud runs at ${cloud.endpoint}`);
    await raiseQuota(cloud);
    return cloud;
  }

  /** Deletes the data of the cloud, and returns the connection to it. */
  private async empty({ cloud: directories }: RunDirectory): Promise<Cloud> {
    this.abort.throwIfAborted();
    await reset(directories);
    const cloud = await status(directories);
    if (cloud === undefined) throw new Error("the local cloud has ended; run the command again");
    await raiseQuota(cloud);
    return cloud;
  }
}

/** Environment variables for values of the form `name=value`. */
export function variablesIn(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    values.map((text) => {
      const [, name, value] = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined)
        throw new Error(`--var ${text.split("=")[0] ?? ""} has no value; write --var name=value`);
      return [`${PREFIX}${name}`, value];
    }),
  );
}

/** The parts of the local cloud that stacks use in addition to AWS. */
export function partsOf(stacks: readonly SynthesizedStack[]): readonly Part[] {
  const providers = new Set(
    stacks.flatMap(({ json }) =>
      [
        ...Object.keys(objectOf(json["provider"])),
        ...declared(json).map(({ type }) => localNameOf(type, undefined)),
      ].map((name) => providerOf(json, name)),
    ),
  );
  const parts: readonly (readonly [Part, boolean])[] = [
    ["kubernetes", providers.has("kubernetes") || providers.has("helm")],
    ["openstack", providers.has("openstack") || providers.has("restapi")],
  ];
  return parts.filter(([, isUsed]) => isUsed).map(([part]) => part);
}

async function raiseQuota({ openstack }: Cloud): Promise<void> {
  if (openstack === undefined) return;
  await fetch(`${openstack.endpoint}${CONTROL.quota}`, { method: "POST", body: JSON.stringify(QUOTA) });
}
