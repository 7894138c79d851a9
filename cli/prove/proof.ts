import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cloud, type CloudDirectories, variablesOf } from "@groundwork/local/cloud";
import {
  deleteImages,
  lookedUpImages,
  pushMissingImages,
  type TaggedImage,
} from "@groundwork/local/aws/emulated-images";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { waitUntil } from "@groundwork/tooling/polling";
import type { PlannedChange } from "@groundwork/tooling/terraform/planned-change";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { type Outcome, Terraform } from "@groundwork/tooling/terraform/terraform";
import { declared, described } from "./declared";
import { logLength, unimplementedCalls } from "./unimplemented-calls";
import { objectsIn } from "./existing-objects";
import { type Group, needsOf } from "./groups";
import { redirected } from "./redirect/redirect";
import { isProtected, withoutProtection } from "./redirect/protection";
import { regionsOf } from "./regions";
import { type StackResult, Steps } from "./result";
import { unsupportedType } from "./unsupported";

/** Settings of a proof. */
export interface ProofProps {
  readonly group: Group;
  readonly all: readonly SynthesizedStack[];
  readonly cloud: Cloud;
  readonly directories: CloudDirectories;
  /** Values of Terraform variables, with the prefix `TF_VAR_`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Longest time for one run of Terraform. */
  readonly timeoutMs: number;
  readonly log: (line: string) => void;
  readonly abort: AbortSignal;
}

const PLAN_FILE = "groundwork.tfplan";

/** How long objects that a cloud deletes in the background may remain. */
const DELETION_MS = 30_000;

/** Applies, plans and destroys stacks that depend on each other, in an empty local cloud. */
export class Proof {
  private readonly steps: ReadonlyMap<string, Steps>;
  private readonly regions: readonly string[];
  private readonly loggedBefore: number;
  /** Images that were pushed for a stack, by its id. */
  private readonly pushed = new Map<string, readonly TaggedImage[]>();

  constructor(private readonly props: ProofProps) {
    this.steps = new Map(props.group.map(({ id }) => [id, new Steps(id)]));
    this.loggedBefore = logLength(props.directories.directory);
    this.regions = [...new Set(props.group.flatMap((stack) => regionsOf(stack.json, props.variables)))];
  }

  async results(): Promise<readonly StackResult[]> {
    const { group, cloud } = this.props;
    const before = await objectsIn(cloud, this.regions);
    for (const stack of group) await this.apply(stack);
    for (const stack of group) await this.plan(stack);
    for (const stack of [...group].reverse()) await this.destroy(stack);
    await this.findRemaining(before);
    return group.map((stack) => this.stepsOf(stack).result);
  }

  private stepsOf({ id }: SynthesizedStack): Steps {
    const steps = this.steps.get(id);
    if (steps === undefined) throw new Error(`${id} is not in this group`);
    return steps;
  }

  private async apply(stack: SynthesizedStack): Promise<void> {
    const { all, log, directories } = this.props;
    const steps = this.stepsOf(stack);
    await steps.run("supported", () => Promise.resolve([]));
    const failed = needsOf(stack, all).find((needed) => !this.stepsOf(needed).hasPassed("apply"));
    if (failed !== undefined) {
      steps.skip("apply", `${failed.id}, which this stack needs, was not applied`);
      return;
    }
    log(`${stack.id}: applying`);
    const stateFile = (id: string) => join(directories.stateDirectory, `${id}.tfstate`);
    this.write(stack, redirected(stack, { all, stateFile }));
    await steps.run("apply", () =>
      this.run(stack, async (terraform) => {
        await terraform.init();
        await this.pushImages(stack);
        const outcome = await this.applyWith(terraform, stack);
        steps.resources = outcome.done.filter(({ action }) => action === "create").length;
        const errors = errorsOf(outcome);
        return errors.length === 0 ? [] : [...errors, ...unimplementedCalls(directories.directory, this.loggedBefore)];
      }),
    );
    this.report(stack, "apply", `applied ${steps.resources} resources`);
  }

  /** The images that a stack looks up exist in its account before it is planned. */
  private async pushImages(stack: SynthesizedStack): Promise<void> {
    const pushed = await pushMissingImages(this.props.cloud.endpoint, lookedUpImages(stack));
    this.pushed.set(stack.id, pushed);
    for (const { repository, tag } of pushed) this.props.log(`${stack.id}: pushed an emulated ${repository}:${tag}`);
  }

  /** Plans first if the resource types are known only in the plan: those of modules and of blocks with a computed count. */
  private async applyWith(terraform: Terraform, stack: SynthesizedStack): Promise<Outcome> {
    const isStatic = declared(stack.json).every(({ block }) => !("count" in block) && !("for_each" in block));
    if (isStatic && stack.json["module"] === undefined) return terraform.apply();
    const unsupported = (await terraform.plan(PLAN_FILE)).flatMap(({ address, type }) => {
      const problem = type === "" ? undefined : unsupportedType(type, stack.json);
      return problem === undefined ? [] : [`${address}: ${problem}`];
    });
    return unsupported.length === 0 ? terraform.applyPlan(PLAN_FILE) : { code: 1, errors: unsupported, done: [] };
  }

  private async plan(stack: SynthesizedStack): Promise<void> {
    const steps = this.stepsOf(stack);
    if (!steps.hasPassed("apply")) return;
    await steps.run("plan", () =>
      this.run(stack, async (terraform) =>
        (await terraform.plan(PLAN_FILE)).map((change) => changeText(change, stack)),
      ),
    );
    this.report(stack, "plan", "planned again without changes");
  }

  /** Also after a failed apply, which may have created a part of the resources. */
  private async destroy(stack: SynthesizedStack): Promise<void> {
    const steps = this.stepsOf(stack);
    if (steps.statusOf("apply") === "skipped") return;
    await steps.run("destroy", () =>
      this.run(stack, async (terraform) => {
        // The state of a stack that could not be initialized.
        if (!steps.hasPassed("apply") && (await terraform.state()).length === 0) return [];
        if (isProtected(stack.json)) {
          this.write(stack, withoutProtection(this.read(stack)));
          const errors = errorsOf(await terraform.apply());
          if (errors.length > 0 && steps.hasPassed("apply")) return errors;
        }
        const errors = errorsOf(await terraform.destroy());
        await deleteImages(this.props.cloud.endpoint, this.pushed.get(stack.id) ?? []);
        const left = await terraform.state();
        return [...errors, ...left.map((address) => `${address} is still in the state`)];
      }),
    );
    this.report(stack, "destroy", "destroyed");
  }

  /** Compares the cloud with its state before the proof. The stacks of a group share it, so they share the result. */
  private async findRemaining(before: ReadonlySet<string>): Promise<void> {
    const { group, cloud, abort } = this.props;
    abort.throwIfAborted();
    let remaining: readonly string[] = [];
    await waitUntil(async () => {
      remaining = [...(await objectsIn(cloud, this.regions))].filter((object) => !before.has(object));
      return remaining.length === 0 || abort.aborted;
    }, DELETION_MS);
    for (const stack of group) {
      const steps = this.stepsOf(stack);
      if (steps.statusOf("apply") === "skipped") continue;
      await steps.run("nothing left", () => Promise.resolve(remaining.map((object) => `${object} still exists`)));
    }
  }

  private report(stack: SynthesizedStack, name: "apply" | "plan" | "destroy", success: string): void {
    this.props.abort.throwIfAborted();
    const steps = this.stepsOf(stack);
    const outcome = steps.hasPassed(name) ? success : `${name} ${steps.statusOf(name)}`;
    this.props.log(`${stack.id}: ${outcome}, ${steps.secondsOf(name)} s`);
  }

  /** Runs Terraform for a stack until the time is over; throws then. */
  private async run<T>({ directory }: SynthesizedStack, call: (terraform: Terraform) => Promise<T>): Promise<T> {
    const { abort, timeoutMs } = this.props;
    const timeout = new AbortController();
    const timer = setTimeout(() => {
      timeout.abort(new Error(`not finished within ${timeoutMs / 60_000} minutes; --timeout <minutes> allows more`));
    }, timeoutMs);
    try {
      const result = await call(new Terraform(directory, this.env(), AbortSignal.any([abort, timeout.signal])));
      timeout.signal.throwIfAborted();
      return result;
    } finally {
      clearTimeout(timer);
    }
  }

  private env(): NodeJS.ProcessEnv {
    const { cloud, directories, variables } = this.props;
    const { endpoint, kubernetes } = cloud;
    const env = terraformEnvironment({
      endpoint,
      directory: directories.directory,
      variables: {
        ...variables,
        TF_VAR_local_endpoint: endpoint,
        ...variablesOf(cloud),
        // For services without an endpoint in the provider's configuration, and for programs that the stack runs.
        AWS_ENDPOINT_URL: endpoint,
        KUBECONFIG: kubernetes?.cluster.kubeconfig ?? "/dev/null",
      },
    });
    // Variables of the user that point to another cluster or to its provider processes, such as those of `groundwork local`.
    const others = kubernetes === undefined ? /^(KUBE_|HELM_|TF_REATTACH_)/ : /^(KUBE_|HELM_)/;
    const own = Object.entries(env).filter(([name]) => !others.test(name));
    return Object.fromEntries(own);
  }

  private write({ directory }: SynthesizedStack, config: object): void {
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(config, undefined, 2));
  }

  /** The redirected stack. */
  private read({ id, directory }: SynthesizedStack): SynthesizedStack["json"] {
    return new SynthesizedStack(id, directory).json;
  }
}

/** The errors of a run. Without an error, one that has ended with another code than 0, such as a killed one, has not succeeded either. */
export function errorsOf({ code, errors }: Pick<Outcome, "code" | "errors">): readonly string[] {
  // Warnings are lines on standard error, too.
  if (code === 0) return [];
  return errors.length > 0
    ? errors
    : [`Terraform ended with ${code === null ? "a signal" : `code ${code}`} and no message`];
}

function changeText({ address, actions, attributes }: PlannedChange, { json }: SynthesizedStack): string {
  const known = declared(json).find((one) => one.address === address);
  const verb = actions.length > 1 ? "replace" : (actions[0] ?? "change");
  const what = attributes.length === 0 ? "" : ` of ${attributes.join(", ")}`;
  return `${known === undefined ? address : described(known)}: ${verb}${what}`;
}
