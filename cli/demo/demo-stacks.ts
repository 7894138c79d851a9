import { join } from "node:path";
import type { Cloud, CloudDirectories } from "@groundwork/local/cloud";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { cdktf } from "@groundwork/tooling/cdktf/cdktf";
import type { Changes, ResourceEvent } from "@groundwork/tooling/cdktf/progress";
import { fillPluginCache } from "@groundwork/tooling/terraform/plugin-cache";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Project } from "../project/project";
import { selectStacks } from "../project/stack-selection";
import type { Reporter } from "../reporter";
import { synthesize } from "../synth/synthesize";

/** Terraform's verb in past tense, for a resource. */
const DONE = { Creation: "created", Modifications: "changed", Destruction: "destroyed" } as const;

/** Settings of one run of cdktf. */
export interface RunProps {
  readonly verb: "deploy" | "destroy";
  readonly stacks: readonly SynthesizedStack[];
  readonly cloud: Cloud;
  /** Environment variables that connect Terraform to the cloud. */
  readonly variables: Readonly<Record<string, string>>;
  readonly abort: AbortSignal;
  /** Called for each resource whose change begins or ends. @default - ignored */
  readonly onEvent?: (event: ResourceEvent) => void;
  /** Called with the id of each stack that is finished. @default - ignored */
  readonly onStack?: (id: string) => void;
}

/** The local stacks of the demo: synthesized once, then deployed and destroyed by cdktf, several runs at the same time. */
export class DemoStacks {
  private synthesized: readonly SynthesizedStack[] = [];
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly project: Project,
    private readonly directories: CloudDirectories,
    private readonly reporter: Reporter,
  ) {}

  /** Synthesizes the stacks, and only these. */
  async synthesize(abort: AbortSignal): Promise<void> {
    const lines: string[] = [];
    try {
      const selection = { environment: "local" };
      const stacks = await synthesize({ project: this.project, selection, log: (line) => lines.push(line), abort });
      this.synthesized = selectStacks(stacks, selection);
    } catch (error) {
      if (!abort.aborted) this.reporter.log(lines);
      throw error;
    }
  }

  /** The stacks with these names, without the environment: `eks` for `local-eks`; all if none are given. Dependencies come first. */
  named(...names: readonly string[]): readonly SynthesizedStack[] {
    return names.length === 0
      ? this.synthesized
      : this.synthesized.filter(({ id }) => names.some((name) => id === `local-${name}`));
  }

  /** Makes it safe to run cdktf several times at once. */
  async prepare(cloud: Cloud, variables: Readonly<Record<string, string>>, abort: AbortSignal): Promise<void> {
    await fillPluginCache(this.synthesized, this.environment(cloud, variables), abort);
  }

  /** Runs cdktf for stacks, and prints the changes of each stack when it is finished. */
  async run(props: RunProps): Promise<void> {
    const { verb, stacks, cloud, variables, abort, onEvent = () => undefined, onStack = () => undefined } = props;
    const [first] = stacks;
    if (first === undefined) return;
    const ids = stacks.map(({ id }) => id);
    const start = Date.now();
    this.reporter.log(`cdktf ${verb} ${ids.join(" ")}`);
    await cdktf({
      verb,
      stacks: ids,
      env: this.environment(cloud, variables),
      output: this.project.output,
      isContinued: stacks.some(({ dependencies }) => dependencies.some((id) => !ids.includes(id))),
      logFile: join(this.directories.directory, `cdktf-${verb}-${first.id}.log`),
      onEvent: (event) => {
        onEvent(event);
        this.reportResource(event);
      },
      onStack: (stack, changes) => {
        const seconds = Math.round((Date.now() - start) / 1_000);
        this.reporter.log(`  ${stack}: ${changesSummary(changes)} after ${seconds} s`);
        onStack(stack);
      },
      abort,
    });
  }

  private environment({ endpoint }: Cloud, variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    return terraformEnvironment({ endpoint, directory: this.directories.directory, variables });
  }

  /** Prints each resource with its number, the total and the action. */
  private reportResource({ stack, type, path, action }: ResourceEvent): void {
    if (action === "Destroying") return;
    const count = (this.counts.get(`${stack} ${DONE[action]}`) ?? 0) + 1;
    this.counts.set(`${stack} ${DONE[action]}`, count);
    const total = this.synthesized.find(({ id }) => id === stack)?.types.length ?? "?";
    this.reporter.progress(`  ${stack} ${count}/${total} ${DONE[action]} ${type} ${path}`);
  }
}

function changesSummary({ added, changed, destroyed }: Changes): string {
  const parts = [`${added} created`, `${changed} changed`, `${destroyed} destroyed`].filter(
    (part) => !part.startsWith("0 "),
  );
  return parts.length === 0 ? "no changes" : parts.join(", ");
}
