import { join } from "node:path";
import type { Cloud, CloudPlace } from "@groundwork/local/cloud";
import type { Part } from "@groundwork/local/parts";
import { DEFAULT_PLACE, DEFAULT_PORT, down, status, up, variablesOf } from "@groundwork/local/cloud";
import { cdktf } from "@groundwork/tooling/cdktf/cdktf";
import type { Changes, ResourceEvent } from "@groundwork/tooling/cdktf/progress";
import { Interruption } from "@groundwork/tooling/process/interruption";
import { takeLock } from "@groundwork/tooling/lock";
import { OUTPUT } from "@groundwork/tooling/paths";
import { ensurePython } from "@groundwork/tooling/python";
import { Reporter } from "../reporter";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { check } from "./checks";
import type { Comparison } from "./facts/fact";
import { table } from "./facts/fact";
import { bootingMachines, firstBootsInWords } from "./first-boot-steps";
import { kubectlGet } from "./kubectl";
import { raceDrawn, siteDeployed } from "./pipelines";

/** Stacks that cannot be deployed where a part of the cloud is missing. */
const STACKS_OF: Readonly<Record<Part, readonly string[]>> = {
  kubernetes: ["eks-addons", "eks-workloads"],
  openstack: ["nhn", "openstack"],
};

const USAGE = "usage: npm run demo [-- --keep]   or   npm run demo:down";

/** Deploys, checks and draws the lab on the local cloud; answers the exit code. */
export async function demo(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== "--keep" && arg !== "--down");
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}\n${USAGE}`);
  const reporter = new Reporter();
  const interruption = Interruption.listen(reporter.say);
  const release = takeLock(join(DEFAULT_PLACE.directory, "demo.lock"), "another demo is running");
  try {
    const run = new Demo(DEFAULT_PLACE, reporter, interruption);
    return args.includes("--down") ? await run.end() : await run.show(args.includes("--keep"));
  } catch (error) {
    if (!interruption.raised) throw error;
    return interruption.exitCode;
  } finally {
    release();
  }
}

class Demo {
  constructor(
    private readonly place: CloudPlace,
    private readonly reporter: Reporter,
    private readonly interruption: Interruption,
  ) {}

  /** Whoever finds a cloud standing leaves it standing: a second demo changes nothing. */
  async show(keep: boolean): Promise<number> {
    const { say } = this.reporter;
    await ensurePython(say, this.interruption.signal);
    const found = await status(this.place);
    const stays = keep || found !== undefined;
    let finished = false;
    try {
      const cloud = await this.start(found);
      await this.run("deploy", cloud);
      const wrong = await this.check(cloud);
      await this.tell(cloud, stays);
      if (!stays) await this.run("destroy", cloud);
      finished = true;
      if (stays) say(`\nit stands at ${cloud.endpoint}; npm run demo:down ends it`);
      return wrong === 0 ? 0 : 1;
    } finally {
      // Whatever was cut short is not kept: emulators and Terraform's memory of them go together, and the next run begins
      // with both empty.
      if (!finished || !stays) {
        await down(this.place);
        say("the local cloud is stopped");
      }
    }
  }

  /** Destroys what stands and stops the cloud. */
  async end(): Promise<number> {
    const cloud = await status(this.place);
    try {
      if (cloud !== undefined) await this.run("destroy", cloud);
    } finally {
      await down(this.place);
      this.reporter.say("the local cloud is stopped");
    }
    return 0;
  }

  private async start(found: Cloud | undefined): Promise<Cloud> {
    this.interruption.throwIfRaised();
    const { signal: abort } = this.interruption;
    const cloud = found ?? (await up(this.place, { preferredPort: DEFAULT_PORT, say: this.reporter.say, abort }));
    this.reporter.say(`local cloud ${found === undefined ? "started" : "found"} at ${cloud.endpoint}`);
    return cloud;
  }

  private async run(verb: "deploy" | "destroy", cloud: Cloud): Promise<void> {
    const { say } = this.reporter;
    const begun = Date.now();
    const pattern = patternFor(cloud);
    say(`cdktf ${verb} '${pattern}'`);
    const changes = await cdktf({
      verb,
      stacks: [pattern],
      env: terraformEnvironment({
        endpoint: cloud.endpoint,
        directory: this.place.directory,
        variables: variablesOf(cloud),
      }),
      output: OUTPUT,
      logFile: join(this.place.directory, `cdktf-${verb}.log`),
      onEvent: this.counter(),
      abort: this.interruption.signal,
    });
    for (const [stack, counted] of changes) say(`  ${stack}: ${inWords(counted)}`);
    say(`  ${seconds(begun)}`);
  }

  /** One line for each resource: which of how many, and what became of it. */
  private counter(): (event: ResourceEvent) => void {
    const done = new Map<string, number>();
    return ({ stack, type, path, action }) => {
      const count = (done.get(stack) ?? 0) + 1;
      done.set(stack, count);
      const all = this.stacks().find(({ id }) => id === stack)?.types.length;
      const word = { Creation: "created", Modifications: "changed", Destruction: "destroyed" }[action];
      this.reporter.move(`  ${stack} ${count}/${all ?? "?"} ${word} ${type} ${path}`);
    };
  }

  /** Compares every stack with what the cloud says, prints it, and answers how much is wrong. */
  private async check(cloud: Cloud): Promise<number> {
    const comparisons: Comparison[] = [];
    for (const stack of this.stacks()) {
      this.interruption.throwIfRaised();
      const compared = await check(stack, cloud);
      const where = stack.region === "" ? "" : ` in ${stack.region}`;
      this.reporter.say(`\n${stack.id}${where}, as the cloud's API tells it`);
      this.reporter.say(table(compared));
      comparisons.push(...compared);
    }
    const wrong = comparisons.filter(({ right }) => !right).length;
    this.reporter.say(`\n${comparisons.length - wrong} of ${comparisons.length} are as wanted`);
    return wrong;
  }

  /** Shows what runs in what has been made: first boots of machines, the cluster's objects, and pipelines. */
  private async tell(cloud: Cloud, stays: boolean): Promise<void> {
    const { say } = this.reporter;
    if (cloud.openstack !== undefined) {
      say("\nwhat the machines of local-nhn were given to do at their first start, up to a running K-PaaS");
      for (const line of firstBootsInWords(await bootingMachines(cloud.openstack, "nhn"))) say(`  ${line}`);
    }
    for (const line of await kubectlGet(cloud.kubernetes)) say(line);
    say("\nsix chains of a GitLab pipeline, run by gitlab-ci-local");
    for (const line of await raceDrawn()) say(`  ${line}`);
    const [site] = this.stacks().filter(({ id }) => id === "local-site");
    // Not where the cloud stays: the page is no longer the one that the next run wants to find.
    if (stays || site === undefined) return;
    this.interruption.throwIfRaised();
    say("\na site deployed by its pipeline");
    for (const line of await siteDeployed(site, cloud.endpoint)) say(`  ${line}`);
  }

  private stacks() {
    return synthesizedStacks(OUTPUT, "local");
  }
}

/** The stacks that the cloud has everything for, as `cdktf` takes them. */
function patternFor(cloud: Cloud): string {
  const without = (["kubernetes", "openstack"] as const).filter((part) => cloud[part] === undefined);
  return without.length === 0 ? "local-*" : `local-!(${without.flatMap((part) => STACKS_OF[part]).join("|")})`;
}

function inWords({ added, changed, destroyed }: Changes): string {
  const parts = [`${added} created`, `${changed} changed`, `${destroyed} destroyed`].filter(
    (part) => !part.startsWith("0 "),
  );
  return parts.length === 0 ? "nothing to change" : parts.join(", ");
}

function seconds(begun: number): string {
  return `${Math.round((Date.now() - begun) / 1000)} s`;
}
