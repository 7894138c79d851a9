import { join } from "node:path";
import { orphansCommand } from "@groundwork/cli/orphans/command";
import { sendSignal } from "@groundwork/tooling/process/background";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { synth } from "./support/synth";

describe("an interrupted apply", () => {
  let cloud: LocalCloud;

  beforeEach(async () => {
    cloud = await LocalCloud.start();
  });

  afterEach(() => cloud.stop());

  // Terraform shuts down gracefully, but it stops its providers, and the AWS provider then aborts its calls: some of them may
  // still be executed, which creates orphaned resources. The same happens on AWS.
  test.each(["SIGINT", "SIGTERM"] as const)("loses no resource, and the next apply converges: %s", async (name) => {
    const stack = synth(cloud.directory, "local").find(({ id }) => id === "local-eks");
    if (stack === undefined) throw new Error("no stack local-eks");
    const terraform = await cloud.terraform(stack);

    let created = 0;
    const run = terraform.start(["apply", "-auto-approve", "-json"], () => {
      created += 1;
      if (created === 8) sendSignal(run.process, name);
    });
    const interrupted = await run.outcome;
    expect(interrupted.code).toBe(1);
    expect(interrupted.done.length).toBeGreaterThanOrEqual(8);
    expect(interrupted.done.length).toBeLessThan(stack.types.length);
    // Every change that Terraform reported as complete is in the state.
    const state = await terraform.state();
    expect(state).toEqual(expect.arrayContaining(interrupted.done.map(({ address }) => address)));

    // Aborted calls may still be in progress.
    await cloud.waitUntilIdle();
    // All other resources are found as orphans and can be imported.
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
