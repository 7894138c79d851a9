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
import type { ProjectToken } from "@groundwork/tooling/keystone-v3";
import { acquireLock } from "@groundwork/tooling/lock";
import { Interruption } from "@groundwork/tooling/process/interruption";
import { ensurePython } from "@groundwork/tooling/python";
import { requireTerraform } from "@groundwork/tooling/required-program";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { together } from "@groundwork/tooling/together";
import { imagesCommand } from "../images/command";
import { missingParts, requestedParts } from "../local/parts";
import { isRepository, type Project, readProject } from "../project/project";
import { Reporter } from "../reporter";
import { AwsSession } from "../aws/aws-session";
import { check } from "./checks";
import { DemoStacks } from "./demo-stacks";
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
import { SecurityGroupRules } from "./security-group-rules";

/** Value of a fact about what should not exist. */
const NONE = "none";

/** The web application: each stack needs those before it, and the images are built between the cluster and the workloads. */
const APPLICATION = ["eks", "eks-addons", "eks-workloads"] as const;

/** Stacks that need none of the application, by the part of the local cloud that they need. */
const OTHERS = { aws: ["site", "gitlab"], openstack: ["nhn", REAL_STACK] } as const;

/** How many values were compared, and how many were as expected. */
interface Count {
  readonly compared: number;
  readonly expected: number;
}

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
  private readonly stacks: DemoStacks;

  constructor(
    private readonly project: Project,
    private readonly directories: CloudDirectories,
    private readonly without: readonly Part[],
    private readonly reporter: Reporter,
    private readonly interruption: Interruption,
  ) {
    this.stacks = new DemoStacks(project, directories, reporter);
  }

  /** A cloud that was running before keeps running: a second demo changes nothing. */
  async run(keep: boolean, isReal: boolean): Promise<number> {
    const { log } = this.reporter;
    requireTerraform();
    await ensurePython(log, this.interruption.signal);
    const running = await status(this.directories);
    const stays = keep || running !== undefined;
    let finished = false;
    try {
      const begin = Date.now();
      const cloud = await this.start(running);
      await this.startOpenStack(cloud, running, isReal);
      const { compared, expected } = await this.deploy(cloud);
      log(["", `${expected} of ${compared} are as expected; deployed and verified in ${secondsSince(begin)} s`]);
      const mismatches = compared - expected;
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
      if (cloud !== undefined) {
        await this.stacks.synthesize(this.interruption.signal);
        await this.destroyStacks(cloud);
      }
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
    const { log } = this.reporter;
    const props = { preferredPort: DEFAULT_PORT, parts: requestedParts(this.without), log };
    const [cloud] = await together<Cloud | undefined>(this.interruption.signal, [
      (abort) => (running === undefined ? up(this.directories, { ...props, abort }) : Promise.resolve(running)),
      async (abort) => {
        await this.stacks.synthesize(abort);
        return undefined;
      },
    ]);
    if (cloud === undefined) throw new Error("the local cloud was not started");
    log(`local cloud ${running === undefined ? "started" : "already running"} at ${cloud.endpoint}`);
    return cloud;
  }

  /** Deploys stacks that do not need each other at the same time, and verifies each group as soon as it is deployed. */
  private async deploy(cloud: Cloud): Promise<Count> {
    const { signal } = this.interruption;
    await this.stacks.prepare(cloud, variablesOf(cloud), signal);
    const counts = await together(signal, [
      (abort) => this.deployApplication(cloud, abort),
      (abort) => this.deployOthers(cloud, abort),
      (abort) => this.deployToRealOpenStack(cloud, abort),
    ]);
    return sumOf(counts);
  }

  /** Builds the images between the stack with their repositories and the stack that runs them. */
  private async deployApplication(cloud: Cloud, abort: AbortSignal): Promise<Count> {
    const [eks, addons, workloads] = APPLICATION;
    const variables = variablesOf(cloud);
    const hasKubernetes = cloud.kubernetes !== undefined;
    const first = this.stacks.named(eks, ...(hasKubernetes ? [addons] : []));
    await this.stacks.run({ verb: "deploy", stacks: first, cloud, variables, abort });
    await this.buildImages(cloud, abort);
    const second = hasKubernetes ? this.stacks.named(workloads) : [];
    await this.stacks.run({ verb: "deploy", stacks: second, cloud, variables, abort });
    const stacks = this.stacks.named(...APPLICATION);
    return sumOf([await this.check(cloud, stacks, abort), await this.scale(cloud, stacks, abort)]);
  }

  private async deployOthers(cloud: Cloud, abort: AbortSignal): Promise<Count> {
    const stacks = this.emulatedOthers(cloud);
    await this.stacks.run({ verb: "deploy", stacks, cloud, variables: variablesOf(cloud), abort });
    return this.check(cloud, stacks, abort);
  }

  private async deployToRealOpenStack(cloud: Cloud, abort: AbortSignal): Promise<Count> {
    if (this.real === undefined) return { compared: 0, expected: 0 };
    const stacks = this.stacks.named(REAL_STACK);
    await this.stacks.run({ verb: "deploy", stacks, cloud, variables: variablesOfReal(this.real), abort });
    return this.check(cloud, stacks, abort);
  }

  private async buildImages({ endpoint }: Cloud, abort: AbortSignal): Promise<void> {
    const { log } = this.reporter;
    log("groundwork images build local");
    const print = (lines: string | readonly string[]) => {
      log([lines].flat().map((line) => `  ${line}`));
    };
    const { directory, output } = this.project;
    const project = process.env["GROUNDWORK_HOME"] ?? directory;
    const command = { verb: "build", environment: "local", project, output, endpoint } as const;
    await imagesCommand(command, { out: print, log: print }, abort);
  }

  /** The stacks that are neither of the application nor on a real OpenStack, and whose part of the cloud runs. */
  private emulatedOthers({ openstack }: Cloud): readonly SynthesizedStack[] {
    const names = [...OTHERS.aws, ...(openstack === undefined ? [] : OTHERS.openstack)];
    return this.stacks.named(...names.filter((name) => this.real === undefined || name !== REAL_STACK));
  }

  /** Compares stacks with the responses of the cloud's API and prints the result. */
  private async check(cloud: Cloud, stacks: readonly SynthesizedStack[], abort: AbortSignal): Promise<Count> {
    const counts: Count[] = [];
    for (const stack of stacks) {
      abort.throwIfAborted();
      const realOpenStack = await this.realTokenFor(stack);
      const compared = await check(stack, { ...cloud, realOpenStack });
      const region = stack.region === "" ? "" : ` in ${stack.region}`;
      counts.push(this.report(compared, `${stack.id}${region}, from the cloud's API`));
    }
    return sumOf(counts);
  }

  /** Scales pods under load, and nodes with many pods. */
  private async scale(cloud: Cloud, stacks: readonly SynthesizedStack[], abort: AbortSignal): Promise<Count> {
    const { kubernetes, endpoint } = cloud;
    if (kubernetes === undefined) return { compared: 0, expected: 0 };
    const exercises: Exercise[] = [];
    for (const stack of stacks) exercises.push(await scalePods(kubernetes.cluster, stack, abort));
    for (const stack of stacks.filter((each) => each.resources("aws_eks_node_group").size > 0)) {
      const session = new AwsSession(stack.region, endpoint);
      exercises.push(await scaleNodes(kubernetes.cluster, session, stack, abort));
      session.destroy();
    }
    const expected = exercises.flatMap((exercise) => exercise.expected);
    const actual = exercises.flatMap((exercise) => exercise.actual);
    return this.report(compare(expected, actual), "load and a hundred pods more");
  }

  /** Destroys the stacks. Returns the number of load balancers and target groups that are left. */
  private async destroy(cloud: Cloud): Promise<number> {
    const begin = Date.now();
    await this.destroyStacks(cloud);
    const regions = new Set(this.stacks.named().flatMap(({ region }) => (region === "" ? [] : [region])));
    const left: Fact[] = [];
    for (const region of regions) {
      const session = new AwsSession(region, cloud.endpoint);
      const names = await loadBalancersIn(session);
      session.destroy();
      left.push({ subject: `load balancers left in ${region}`, value: names.length === 0 ? NONE : names.join(", ") });
    }
    const none = left.map(({ subject }) => ({ subject, value: NONE }));
    const { compared, expected } = this.report(compare(none, left), `destroyed in ${secondsSince(begin)} s`);
    return compared - expected;
  }

  private async destroyStacks(cloud: Cloud): Promise<void> {
    const { signal } = this.interruption;
    const names = APPLICATION.filter((name) => name === "eks" || cloud.kubernetes !== undefined);
    const emulated = [...this.stacks.named(...names), ...this.emulatedOthers(cloud)];
    const rules = new SecurityGroupRules(cloud.openstack, emulated);
    const variables = variablesOf(cloud);
    const { real } = this;
    await together(signal, [
      (abort) => this.stacks.run({ verb: "destroy", stacks: emulated, cloud, variables, abort, onEvent: rules.read }),
      async (abort) => {
        if (real === undefined) return;
        const stacks = this.stacks.named(REAL_STACK);
        await this.stacks.run({ verb: "destroy", stacks, cloud, variables: variablesOfReal(real), abort });
      },
    ]);
    await rules.finished();
  }

  /** Prints comparisons below a title. */
  private report(comparisons: readonly Comparison[], title: string): Count {
    this.reporter.log(["", title, ...table(comparisons)]);
    return { compared: comparisons.length, expected: comparisons.filter(({ matches }) => matches).length };
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
    const [site] = this.stacks.named("site");
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
}

function sumOf(counts: readonly Count[]): Count {
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
  return { compared: sum("compared"), expected: sum("expected") };
}

function secondsSince(begin: number): number {
  return Math.round((Date.now() - begin) / 1_000);
}
