import { join } from "node:path";
import {
  type Cloud,
  type CloudDirectories,
  DEFAULT_PORT,
  down,
  projectCloud,
  status,
  up,
  variablesOf,
} from "@groundwork/local/cloud";
import type { Part } from "@groundwork/local/parts";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { cdktf } from "@groundwork/tooling/cdktf/cdktf";
import type { Changes, ResourceEvent } from "@groundwork/tooling/cdktf/progress";
import type { ProjectToken } from "@groundwork/tooling/keystone-v3";
import { acquireLock } from "@groundwork/tooling/lock";
import { Interruption } from "@groundwork/tooling/process/interruption";
import { ensurePython } from "@groundwork/tooling/python";
import { requireTerraform } from "@groundwork/tooling/required-program";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { imagesCommand } from "../images/command";
import { missingParts, requestedParts } from "../local/parts";
import { isRepository, type Project, readProject } from "../project/project";
import { Reporter } from "../reporter";
import { AwsSession } from "../aws/aws-session";
import { check } from "./checks";
import { type Comparison, compare, type Fact, table } from "./facts/fact";
import { bootingMachines, firstBootLines } from "./first-boot-steps";
import { loadBalancersIn } from "./facts/load-balancers/actual";
import { kubectlGet } from "./kubectl";
import { chainsDiagram, deploySite } from "./pipelines";
import {
  type DemoOpenStack,
  findRealOpenStack,
  REAL_STACK,
  requireRealOpenStack,
  startRealOpenStack,
  stopRecordedOpenStack,
  tokenOf,
  variablesOfReal,
} from "./real-openstack";
import { type Exercise, scaleNodes, scalePods } from "./scaling";

/** Value of a fact about what should not exist. */
const NONE = "none";

/** Stacks that need a part of the local cloud. */
const STACKS_OF: Readonly<Record<Part, readonly string[]>> = {
  kubernetes: ["eks-addons", "eks-workloads"],
  openstack: ["nhn", "openstack"],
};

/** The stack whose images are built between the deployment of the other stacks and its own. */
const WORKLOADS = "eks-workloads";

/** Options of `groundwork demo`. */
export interface DemoOptions {
  readonly keep?: boolean;
  readonly down?: boolean;
  /** Parts of the local cloud that are not started. */
  readonly without: readonly Part[];
  /** Whether the stack `local-openstack` is applied to a real OpenStack on this machine. */
  readonly realOpenstack?: boolean;
}

/** Deploys the lab on the local cloud, verifies it, and shows what runs in it. Returns the exit code. */
export async function demo(options: DemoOptions): Promise<number> {
  const { keep = false, down: isDown = false, without, realOpenstack: isReal = false } = options;
  const project = readProject();
  if (!isRepository(project))
    throw new Error(
      `groundwork demo runs in a clone of the Groundwork repository, and ${project.directory} is another project; in a clone, run npm run demo`,
    );
  if (isReal) requireRealOpenStack(without);
  const directories = projectCloud();
  const reporter = new Reporter();
  const interruption = Interruption.listen(reporter.log);
  const release = acquireLock(join(directories.directory, "demo.lock"), "another demo is running");
  try {
    const run = new Demo(project, directories, without, reporter, interruption);
    return isDown ? await run.tearDown() : await run.run(keep, isReal);
  } catch (error) {
    if (!interruption.raised) throw error;
    return interruption.exitCode;
  } finally {
    release();
  }
}

class Demo {
  /** The real OpenStack, if the demo uses one. */
  private real: DemoOpenStack | undefined;

  constructor(
    private readonly project: Project,
    private readonly directories: CloudDirectories,
    private readonly without: readonly Part[],
    private readonly reporter: Reporter,
    private readonly interruption: Interruption,
  ) {}

  /** A cloud that was running before keeps running: a second demo changes nothing. */
  async run(keep: boolean, isReal: boolean): Promise<number> {
    const { log } = this.reporter;
    requireTerraform();
    await ensurePython(log, this.interruption.signal);
    const running = await status(this.directories);
    const stays = keep || running !== undefined;
    let finished = false;
    try {
      const cloud = await this.start(running);
      await this.startOpenStack(cloud, running, isReal);
      await this.deploy(cloud);
      const mismatches = (await this.check(cloud)) + (await this.scale(cloud));
      await this.show(cloud, stays);
      const left = stays ? 0 : await this.destroy(cloud);
      finished = true;
      if (stays) log(["", `the local cloud runs at ${cloud.endpoint}; npx groundwork demo --down stops it`]);
      return mismatches + left === 0 && !this.reportSkipped(cloud) ? 0 : 1;
    } finally {
      // An unfinished run is not kept: the emulators and Terraform's states are removed together, and the next run starts
      // without both.
      if (!finished || !stays) await this.stop();
    }
  }

  /** Reports the parts of the cloud that could not be started; a skipped part is no success. Returns whether there is one. */
  private reportSkipped(cloud: Cloud): boolean {
    const missing = missingParts(cloud, this.without);
    if (missing !== undefined) this.reporter.log(missing);
    return missing !== undefined;
  }

  /** Destroys all stacks and stops the cloud. */
  async tearDown(): Promise<number> {
    const cloud = await status(this.directories);
    this.real = await findRealOpenStack(this.directories);
    try {
      if (cloud !== undefined) await this.cdktf("destroy", cloud);
    } finally {
      await this.stop();
    }
    return 0;
  }

  private async stop(): Promise<void> {
    await down(this.directories);
    await stopRecordedOpenStack(this.directories);
    this.reporter.log("the local cloud is stopped");
  }

  /** Starts a real OpenStack on request, or finds the one that contains the stack since an earlier demo. */
  private async startOpenStack(cloud: Cloud, running: Cloud | undefined, isReal: boolean): Promise<void> {
    if (running !== undefined) {
      this.real = await findRealOpenStack(this.directories);
      if (isReal && this.real === undefined)
        throw new Error(
          "the local cloud already runs with the emulated OpenStack; stop it first: npx groundwork demo --down",
        );
      return;
    }
    // Left by a demo whose local cloud was stopped without it.
    await stopRecordedOpenStack(this.directories);
    if (!isReal || cloud.openstack === undefined) return;
    this.real = await startRealOpenStack(this.directories, this.reporter.log, this.interruption.signal);
    this.reporter.log(`OpenStack runs at ${this.real.authUrl}`);
  }

  private async start(running: Cloud | undefined): Promise<Cloud> {
    this.interruption.throwIfRaised();
    const { signal: abort } = this.interruption;
    const parts = requestedParts(this.without);
    const props = { preferredPort: DEFAULT_PORT, parts, log: this.reporter.log, abort };
    const cloud = running ?? (await up(this.directories, props));
    const verb = running === undefined ? "started" : "already running";
    this.reporter.log(`local cloud ${verb} at ${cloud.endpoint}`);
    return cloud;
  }

  /** Builds the images between the stack with their repositories and the stack that runs them. */
  private async deploy(cloud: Cloud): Promise<void> {
    await this.cdktf("deploy", cloud, [WORKLOADS]);
    const { log } = this.reporter;
    log("groundwork images build local");
    const print = (lines: string | readonly string[]) => {
      log([lines].flat().map((line) => `  ${line}`));
    };
    const { directory, output } = this.project;
    const command = {
      verb: "build",
      environment: "local",
      project: process.env["GROUNDWORK_HOME"] ?? directory,
      output,
      endpoint: cloud.endpoint,
    } as const;
    await imagesCommand(command, { out: print, log: print }, this.interruption.signal);
    if (cloud.kubernetes !== undefined)
      await this.cdktfStacks("deploy", cloud, `local-${WORKLOADS}`, variablesOf(cloud), true);
  }

  private async cdktf(verb: "deploy" | "destroy", cloud: Cloud, without: readonly string[] = []): Promise<void> {
    const start = Date.now();
    await this.cdktfStacks(verb, cloud, patternFor(cloud, this.real, without), variablesOf(cloud));
    if (this.real !== undefined) await this.cdktfStacks(verb, cloud, `local-${REAL_STACK}`, variablesOfReal(this.real));
    this.reporter.log(`  ${Math.round((Date.now() - start) / 1000)} s`);
  }

  private async cdktfStacks(
    verb: "deploy" | "destroy",
    cloud: Cloud,
    pattern: string,
    variables: Readonly<Record<string, string>>,
    isContinued = false,
  ): Promise<void> {
    const { log } = this.reporter;
    log(`cdktf ${verb} '${pattern}'`);
    const changes = await cdktf({
      verb,
      stacks: [pattern],
      env: terraformEnvironment({ endpoint: cloud.endpoint, directory: this.directories.directory, variables }),
      output: this.project.output,
      isContinued,
      logFile: join(this.directories.directory, `cdktf-${verb}.log`),
      onEvent: this.progress(),
      abort: this.interruption.signal,
    });
    for (const [stack, counts] of changes) log(`  ${stack}: ${changesSummary(counts)}`);
  }

  /** Prints each resource with its number, the total and the action. */
  private progress(): (event: ResourceEvent) => void {
    const done = new Map<string, number>();
    return ({ stack, type, path, action }) => {
      const count = (done.get(stack) ?? 0) + 1;
      done.set(stack, count);
      const total = this.stacks().find(({ id }) => id === stack)?.types.length;
      const verb = { Creation: "created", Modifications: "changed", Destruction: "destroyed" }[action];
      this.reporter.progress(`  ${stack} ${count}/${total ?? "?"} ${verb} ${type} ${path}`);
    };
  }

  /** Compares every stack with the responses of the cloud's API and prints the result. Returns the number of mismatches. */
  private async check(cloud: Cloud): Promise<number> {
    const comparisons: Comparison[] = [];
    for (const stack of this.stacks()) {
      this.interruption.throwIfRaised();
      const realOpenStack = await this.realTokenFor(stack);
      const compared = await check(stack, { ...cloud, realOpenStack });
      const region = stack.region === "" ? "" : ` in ${stack.region}`;
      this.reporter.log(["", `${stack.id}${region}, from the cloud's API`]);
      this.reporter.log(table(compared));
      comparisons.push(...compared);
    }
    const mismatches = comparisons.filter(({ matches }) => !matches).length;
    this.reporter.log(["", `${comparisons.length - mismatches} of ${comparisons.length} are as expected`]);
    return mismatches;
  }

  /** Scales pods under load, and nodes with many pods. Returns the number of mismatches. */
  private async scale({ kubernetes, endpoint }: Cloud): Promise<number> {
    if (kubernetes === undefined) return 0;
    const { signal } = this.interruption;
    this.reporter.log(["", "load and a hundred pods more"]);
    const stacks = this.stacks();
    const exercises: Exercise[] = [];
    for (const stack of stacks) exercises.push(await scalePods(kubernetes.cluster, stack, signal));
    for (const stack of stacks.filter((each) => each.resources("aws_eks_node_group").size > 0)) {
      const session = new AwsSession(stack.region, endpoint);
      exercises.push(await scaleNodes(kubernetes.cluster, session, stack, signal));
      session.destroy();
    }
    return this.report(
      compare(
        exercises.flatMap(({ expected }) => expected),
        exercises.flatMap(({ actual }) => actual),
      ),
    );
  }

  /** Destroys the stacks. Returns the number of load balancers and target groups that are left. */
  private async destroy(cloud: Cloud): Promise<number> {
    await this.cdktf("destroy", cloud);
    const regions = new Set(this.stacks().flatMap(({ region }) => (region === "" ? [] : [region])));
    const left: Fact[] = [];
    for (const region of regions) {
      const session = new AwsSession(region, cloud.endpoint);
      const names = await loadBalancersIn(session);
      session.destroy();
      left.push({ subject: `load balancers left in ${region}`, value: names.length === 0 ? NONE : names.join(", ") });
    }
    return this.report(
      compare(
        left.map(({ subject }) => ({ subject, value: NONE })),
        left,
      ),
    );
  }

  /** Prints comparisons. Returns the number of mismatches. */
  private report(comparisons: readonly Comparison[]): number {
    this.reporter.log(table(comparisons));
    return comparisons.filter(({ matches }) => !matches).length;
  }

  /** Shows what the stacks contain: first boots of machines, objects of the cluster, and pipelines. */
  private async show(cloud: Cloud, stays: boolean): Promise<void> {
    const { log } = this.reporter;
    if (cloud.openstack !== undefined) {
      log(["", "first-boot steps of the machines of local-nhn, which install K-PaaS"]);
      for (const line of firstBootLines(await bootingMachines(cloud.openstack, "nhn"))) log(`  ${line}`);
    }
    log(await kubectlGet(cloud.kubernetes));
    log(["", "six independent chains of jobs in a GitLab pipeline"]);
    for (const line of await chainsDiagram(this.project.directory)) log(`  ${line}`);
    const [site] = this.stacks().filter(({ id }) => id === "local-site");
    // The pipeline replaces the page that the next run of the demo expects, so it does not run in a cloud that stays.
    if (stays || site === undefined) return;
    this.interruption.throwIfRaised();
    log(["", "a site deployed by its pipeline"]);
    for (const line of await deploySite(site, cloud.endpoint)) log(`  ${line}`);
  }

  /** A token of the real OpenStack for the stack that it contains. */
  private async realTokenFor({ id }: SynthesizedStack): Promise<ProjectToken | undefined> {
    return this.real !== undefined && id === `local-${REAL_STACK}` ? tokenOf(this.real) : undefined;
  }

  private stacks(): readonly SynthesizedStack[] {
    return synthesizedStacks(this.project.output, "local");
  }
}

/** The stacks whose parts of the cloud exist, as a pattern for `cdktf`, without the one on a real OpenStack. */
function patternFor(cloud: Cloud, real: DemoOpenStack | undefined, without: readonly string[]): string {
  const missing = (["kubernetes", "openstack"] as const).filter((part) => cloud[part] === undefined);
  const stacks = [
    ...missing.flatMap((part) => STACKS_OF[part]),
    ...(real === undefined ? [] : [REAL_STACK]),
    ...without,
  ];
  const excluded = [...new Set(stacks)];
  return excluded.length === 0 ? "local-*" : `local-!(${excluded.join("|")})`;
}

function changesSummary({ added, changed, destroyed }: Changes): string {
  const parts = [`${added} created`, `${changed} changed`, `${destroyed} destroyed`].filter(
    (part) => !part.startsWith("0 "),
  );
  return parts.length === 0 ? "no changes" : parts.join(", ");
}
