import { join } from "node:path";
import { requiredParts } from "@groundwork/local/parts";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { deleteImages, lookedUpImages, pushMissingImages } from "@groundwork/local/aws/emulated-images";
import { CONTROL } from "@groundwork/local/openstack/control";
import { compose } from "@groundwork/stacks/application";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { PRODUCTION_QUOTAS } from "../support/production-quotas";
import { production } from "../support/environments/production";
import { App } from "cdktf";
import { dependenciesFirst, dependentsFirst } from "./support/in-order";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { expectApplied, expectDestroyed } from "./support/round-trip";

/** Without a domain, which requires a hosted zone; test/cloud/variants.test.ts has one. */
const { domain: _, ...hosting } = production.site.hosting;

describe("the production environment on the local cloud", () => {
  let cloud: LocalCloud;
  let stacks: readonly SynthesizedStack[];

  beforeAll(async () => {
    cloud = await LocalCloud.start({ parts: ["kubernetes", "openstack"] });
    const { endpoint } = cloud.cloud.openstack ?? {};
    if (endpoint !== undefined)
      await fetch(`${endpoint}${CONTROL.quota}`, { method: "POST", body: JSON.stringify(PRODUCTION_QUOTAS) });
    const outdir = join(cloud.directory, "cdktf.out");
    const app = new App({ outdir });
    // Production protects data from deletion, which the test has to delete.
    const data = {
      ...production,
      backend: { type: "local" },
      aws: { ...production.aws, cloud: "local" },
      site: { ...production.site, hosting, forceDestroy: true },
      gitlab: {
        ...production.gitlab,
        server: { ...production.gitlab.server, dataVolume: { gibibytes: 200, kept: false } },
      },
    };
    compose(app, [readEnvironment("environments/production.ts", data)]);
    app.synth();
    stacks = synthesizedStacks(outdir, "production").filter((stack) => cloud.has(requiredParts(stack)));
  }, 25 * 60_000);

  afterAll(() => cloud.stop());

  test("is applied, has no changes in a second plan, and leaves nothing when destroyed", async () => {
    await dependenciesFirst(stacks, async (stack) => {
      await pushMissingImages(cloud.endpoint, lookedUpImages(stack));
      await expectApplied(cloud, stack);
    });
    await dependentsFirst(stacks, async (stack) => {
      await expectDestroyed(cloud, stack);
      await deleteImages(cloud.endpoint, lookedUpImages(stack));
    });
    expect(await leftovers(cloud.endpoint, "ap-northeast-2")).toEqual([]);
    expect(await cloud.openstackObjects()).toEqual([]);
  });
});
