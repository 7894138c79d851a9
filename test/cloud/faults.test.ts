import { LocalCloud } from "./support/local-cloud";
import { leftovers } from "./support/leftovers";
import { synth } from "./support/synth";

describe("a cloud in which one call in five fails", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
  });

  afterAll(() => cloud.stop());

  test.each([
    ["server errors", "error"],
    ["throttling", "throttle"],
  ] as const)("is deployed to and destroyed with the retries of providers/aws.ts: %s", async (_name, kind) => {
    const [stack] = synth(cloud.directory, "local").filter(({ id }) => id === "local-eks");
    if (stack === undefined) throw new Error("no stack local-eks");
    const before = await cloud.faults();
    await cloud.fail(0.2, [kind]);
    const terraform = await cloud.terraform(stack);

    const applied = await terraform.apply();
    expect(applied.errors).toEqual([]);
    expect((await cloud.faults()) - before).toBeGreaterThan(10);

    const destroyed = await terraform.destroy();
    expect(destroyed.errors).toEqual([]);
    await cloud.fail(0, []);
    expect(await leftovers(cloud.endpoint, stack.region)).toEqual([]);
  });
});
