import { join } from "node:path";
import {
  type Cloud,
  type CloudDirectories,
  DEFAULT_PORT,
  down,
  projectCloud,
  status,
  up,
} from "@groundwork/local/cloud";
import type { Part } from "@groundwork/local/parts";
import { acquireLock } from "@groundwork/tooling/lock";
import { Interruption } from "@groundwork/tooling/process/interruption";
import { ensurePython } from "@groundwork/tooling/python";
import { requireTerraform } from "@groundwork/tooling/required-program";
import { together } from "@groundwork/tooling/together";
import { missingParts, requestedParts } from "../local/parts";
import { isRepository, type Project, readProject } from "../project/project";
import { Reporter } from "../reporter";
import { AwsSession } from "../aws/aws-session";
import { DemoStacks } from "./demo-stacks";
import { Deployment } from "./deployment";
import { compare, type Fact } from "./facts/fact";
import { bootingMachines, firstBootLines } from "./first-boot-steps";
import { loadBalancersIn } from "./facts/load-balancers/actual";
import { kubectlGet } from "./kubectl";
import { chainsDiagram, deploySite } from "./pipelines";
import {
  type DemoOpenStack,
  findRealOpenStack,
  requireRealOpenStack,
  startRealOpenStack,
  stopRecordedOpenStack,
} from "./real-openstack";
import { Verification } from "./verification";

/** Value of a fact about what should not exist. */
const NONE = "none";

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
      const { compared, expected } = await this.deploymentIn(cloud).deploy(this.interruption.signal);
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
        await this.deploymentIn(cloud).destroy(this.interruption.signal);
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
    const [cloud] = await together(this.interruption.signal, [
      async (abort) => running ?? up(this.directories, { ...props, abort }),
      (abort) => this.stacks.synthesize(abort),
    ]);
    log(`local cloud ${running === undefined ? "started" : "already running"} at ${cloud.endpoint}`);
    return cloud;
  }

  /** Destroys the stacks. Returns the number of load balancers and target groups that are left. */
  private async destroy(cloud: Cloud): Promise<number> {
    const begin = Date.now();
    await this.deploymentIn(cloud).destroy(this.interruption.signal);
    const regions = new Set(this.stacks.named().flatMap(({ region }) => (region === "" ? [] : [region])));
    const left: Fact[] = [];
    for (const region of regions) {
      const session = new AwsSession(region, cloud.endpoint);
      const names = await loadBalancersIn(session);
      session.destroy();
      left.push({ subject: `load balancers left in ${region}`, value: names.length === 0 ? NONE : names.join(", ") });
    }
    const none = left.map(({ subject }) => ({ subject, value: NONE }));
    const title = `destroyed in ${secondsSince(begin)} s`;
    const { compared, expected } = new Verification(this.reporter, this.real).report(compare(none, left), title);
    return compared - expected;
  }

  private deploymentIn(cloud: Cloud): Deployment {
    const { project, stacks, real, reporter } = this;
    return new Deployment({ project, stacks, cloud, real, reporter });
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
}

function secondsSince(begin: number): number {
  return Math.round((Date.now() - begin) / 1_000);
}
