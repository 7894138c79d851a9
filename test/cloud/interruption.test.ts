import { join } from "node:path";
import { orphansCommand } from "@groundwork/cli/orphans/command";
import { signal } from "@groundwork/tooling/process/background";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { synth } from "./support/synth";

describe("an apply that is interrupted", () => {
  let cloud: LocalCloud;

  beforeEach(async () => {
    cloud = await LocalCloud.start();
  });

  afterEach(() => cloud.stop());

  // Terraform ends in order, yet it tells its providers to stop, and the AWS provider then hangs up on calls it has made:
  // of these the cloud may have done some. Hence the orphans in the middle. It is what happens on AWS, too.
  test.each(["SIGINT", "SIGTERM"] as const)("loses nothing for good, and the next one converges: %s", async (name) => {
    const stack = synth(cloud.directory, "local").find(({ id }) => id === "local-eks");
    if (stack === undefined) throw new Error("no stack local-eks");
    const terraform = await cloud.terraform(stack);

    let created = 0;
    const run = terraform.start(["apply", "-auto-approve", "-json"], () => {
      created += 1;
      if (created === 8) signal(run.process, name);
    });
    const interrupted = await run.outcome;
    expect(interrupted.code).toBe(1);
    expect(interrupted.done.length).toBeGreaterThanOrEqual(8);
    expect(interrupted.done.length).toBeLessThan(stack.types.length);
    // What Terraform said is done, it remembers.
    const state = await terraform.state();
    expect(state).toEqual(expect.arrayContaining(interrupted.done.map(({ address }) => address)));

    // A call that was hung up on may still be under way.
    await cloud.quiet();
    // What it does not remember is found, and every bit of it has a place to be taken back to.
    const output = join(cloud.directory, "cdktf.out");
    const orphans = () =>
      orphansCommand({ environment: "local", write: true, output, endpoint: cloud.endpoint }, () => undefined);
    expect(await orphans()).toMatchObject({ removals: [], unknown: [] });

    const second = await terraform.apply();
    expect(second.errors).toEqual([]);
    expect(await terraform.drift()).toBe("");
    expect(await orphans()).toEqual({ imports: [], removals: [], unknown: [] });

    const destroyed = await terraform.destroy();
    expect(destroyed.errors).toEqual([]);
    expect(await leftovers(cloud.endpoint, stack.region)).toEqual([]);
  });
});
