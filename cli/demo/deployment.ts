import { type Cloud, variablesOf } from "@groundwork/local/cloud";
import { waitUntil } from "@groundwork/tooling/polling";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { together } from "@groundwork/tooling/together";
import { imagesCommand } from "../images/command";
import type { Project } from "../project/project";
import type { Reporter } from "../reporter";
import type { DemoStacks, RunProps } from "./demo-stacks";
import { NamedResources } from "./named-resources";
import { type DemoOpenStack, REAL_STACK, variablesOfReal } from "./real-openstack";
import { SecurityGroupRules } from "./security-group-rules";
import { type Count, sumOf, Verification } from "./verification";

/** The web application: each stack needs those before it, and the images are built between the cluster and the workloads. */
const APPLICATION = ["eks", "eks-addons", "eks-workloads"] as const;

/** Settings of a deployment. */
export interface DeploymentProps {
  readonly project: Project;
  readonly stacks: DemoStacks;
  readonly cloud: Cloud;
  /** The real OpenStack, if it contains one of the stacks. */
  readonly real: DemoOpenStack | undefined;
  readonly reporter: Reporter;
}

/** Deploys the demo's stacks, verifies them, and destroys them. */
export class Deployment {
  private readonly stacks: DemoStacks;
  private readonly cloud: Cloud;
  private readonly real: DemoOpenStack | undefined;
  private readonly reporter: Reporter;
  private readonly verification: Verification;
  private readonly project: Project;

  constructor({ project, stacks, cloud, real, reporter }: DeploymentProps) {
    this.project = project;
    this.stacks = stacks;
    this.cloud = cloud;
    this.real = real;
    this.reporter = reporter;
    this.verification = new Verification(reporter, real);
  }

  /** Deploys stacks that do not need each other at the same time, and verifies each group as soon as it is deployed. */
  async deploy(abort: AbortSignal): Promise<Count> {
    await this.stacks.prepare(this.cloud, this.variables, abort);
    const counts = await together(abort, [
      (signal) => this.deployApplication(signal),
      (signal) => this.deployGitLab(signal),
    ]);
    return sumOf(counts);
  }

  /** The cluster, then at the same time its workloads and the stacks on OpenStack: with two cores, more at once would delay the cluster. */
  private async deployApplication(abort: AbortSignal): Promise<Count> {
    const [eks, addons] = APPLICATION;
    const stacks = this.stacks.named(eks, ...(this.cloud.kubernetes === undefined ? [] : [addons]));
    await this.run({ verb: "deploy", stacks, abort });
    const counts = await together(abort, [
      (signal) => this.deployWorkloads(signal),
      (signal) => this.deployOpenStack(signal),
      (signal) => this.deployToRealOpenStack(signal),
    ]);
    return sumOf(counts);
  }

  /** Builds the images between the stack with their repositories and the stack that runs them. */
  private async deployWorkloads(abort: AbortSignal): Promise<Count> {
    await this.buildImages(abort);
    const [, , workloads] = APPLICATION;
    const stacks = this.cloud.kubernetes === undefined ? [] : this.stacks.named(workloads);
    await this.run({ verb: "deploy", stacks, abort });
    const application = this.stacks.named(...APPLICATION);
    const checked = await this.verification.check(this.cloud, application, abort);
    return sumOf([checked, await this.verification.scale(this.cloud, application, abort)]);
  }

  /** GitLab starts when the resources of the site exist that it refers to, before the site is finished. */
  private async deployGitLab(abort: AbortSignal): Promise<Count> {
    const [site, gitlab] = this.stacks.named("site", "gitlab");
    if (site === undefined || gitlab === undefined) throw new Error("the environment local has no site or no gitlab");
    const named = new NamedResources(site, gitlab);
    await together(abort, [
      async (signal) => {
        await this.run({ verb: "deploy", stacks: [site], abort: signal, onEvent: named.read });
        named.finish();
      },
      async (signal) => {
        await waitUntil(() => named.exist, Number.POSITIVE_INFINITY, 100, signal);
        await this.run({ verb: "deploy", stacks: [gitlab], abort: signal });
      },
    ]);
    return this.verification.check(this.cloud, [site, gitlab], abort);
  }

  private async deployOpenStack(abort: AbortSignal): Promise<Count> {
    const stacks = this.emulatedOpenStack();
    await this.run({ verb: "deploy", stacks, abort });
    return this.verification.check(this.cloud, stacks, abort);
  }

  private async deployToRealOpenStack(abort: AbortSignal): Promise<Count> {
    if (this.real === undefined) return sumOf([]);
    const stacks = this.stacks.named(REAL_STACK);
    await this.run({ verb: "deploy", stacks, variables: variablesOfReal(this.real), abort });
    return this.verification.check(this.cloud, stacks, abort);
  }

  private async buildImages(abort: AbortSignal): Promise<void> {
    const { log } = this.reporter;
    const { endpoint } = this.cloud;
    log("groundwork images build local");
    const print = (lines: string | readonly string[]) => {
      log([lines].flat().map((line) => `  ${line}`));
    };
    const { directory, output } = this.project;
    const project = process.env["GROUNDWORK_HOME"] ?? directory;
    const command = { verb: "build", environment: "local", project, output, endpoint } as const;
    await imagesCommand(command, { out: print, log: print }, abort);
  }

  private emulatedOpenStack(): readonly SynthesizedStack[] {
    if (this.cloud.openstack === undefined) return [];
    return this.stacks.named("nhn", ...(this.real === undefined ? [REAL_STACK] : []));
  }

  /** Destroys the stacks. */
  async destroy(abort: AbortSignal): Promise<void> {
    const { cloud, real } = this;
    const [eks, addons, workloads] = APPLICATION;
    const application = this.stacks.named(eks, ...(cloud.kubernetes === undefined ? [] : [addons, workloads]));
    const openstack = this.emulatedOpenStack();
    const rules = new SecurityGroupRules(cloud.openstack, openstack);
    // As at the deployment: with two cores, more at once would delay the longest chains.
    let isClusterEmpty = false;
    await together(abort, [
      async (signal) => {
        const onStack = (id: string) => (isClusterEmpty ||= id === `local-${workloads}`);
        await this.run({ verb: "destroy", stacks: application, abort: signal, onStack });
        isClusterEmpty = true;
      },
      (signal) => this.run({ verb: "destroy", stacks: this.stacks.named("site", "gitlab"), abort: signal }),
      async (signal) => {
        await waitUntil(() => isClusterEmpty, Number.POSITIVE_INFINITY, 100, signal);
        await this.run({ verb: "destroy", stacks: openstack, abort: signal, onEvent: rules.read });
      },
      async (signal) => {
        if (real === undefined) return;
        const stacks = this.stacks.named(REAL_STACK);
        await this.run({ verb: "destroy", stacks, variables: variablesOfReal(real), abort: signal });
      },
    ]);
    await rules.finished();
  }

  private get variables(): Readonly<Record<string, string>> {
    return variablesOf(this.cloud);
  }

  private run(props: Omit<RunProps, "cloud" | "variables"> & Partial<Pick<RunProps, "variables">>): Promise<void> {
    return this.stacks.run({ cloud: this.cloud, variables: this.variables, ...props });
  }
}
