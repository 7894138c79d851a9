import { check } from "@groundwork/cli/demo/checks";
import { requiredParts } from "@groundwork/local/parts";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { dependenciesFirst, dependentsFirst } from "./support/in-order";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { buildImages } from "./support/images";
import { expectApplied, expectDestroyed } from "./support/round-trip";
import { synth } from "./support/synth";

describe("every stack of the local environment", () => {
  let cloud: LocalCloud;
  let stacks: readonly SynthesizedStack[];

  beforeAll(async () => {
    cloud = await LocalCloud.start({ parts: ["kubernetes", "openstack"] });
  }, 25 * 60_000);

  beforeAll(() => {
    stacks = synth(cloud.directory, "local").filter((stack) => cloud.has(requiredParts(stack)));
  });

  afterAll(() => cloud.stop());

  test("is applied, has no changes in a second plan, matches its configuration, and leaves nothing when destroyed", async () => {
    expect(stacks.map(({ id }) => id)).toEqual(expect.arrayContaining(["local-eks", "local-site", "local-gitlab"]));
    await dependenciesFirst(stacks, async (stack) => {
      await expectApplied(cloud, stack);
      if (stack.id === "local-eks") await buildImages(cloud);
      const mismatches = (await check(stack, cloud.cloud)).filter(({ matches }) => !matches);
      expect(mismatches).toEqual([]);
    });
    // Verifies that the list calls find existing objects; otherwise empty lists after the destroy would prove nothing.
    const existing = (await leftovers(cloud.endpoint, "ap-northeast-2")).map((object) => object.replace(/ \S+$/, ""));
    expect([...new Set(existing)]).toEqual(
      expect.arrayContaining(["VPC", "subnet", "elastic IP", "NAT gateway", "flow log", "bucket", "role", "log group"]),
    );
    if (cloud.has(["openstack"])) expect(await cloud.openstackObjects()).not.toEqual([]);
    await dependentsFirst(stacks, (stack) => expectDestroyed(cloud, stack));
    for (const region of new Set(stacks.map((stack) => stack.region).filter(Boolean))) {
      expect(await leftovers(cloud.endpoint, region)).toEqual([]);
    }
    expect(await cloud.openstackObjects()).toEqual([]);
  });
});
