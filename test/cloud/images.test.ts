import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { images } from "./support/images";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { expectApplied, expectDestroyed } from "./support/round-trip";
import { synth } from "./support/synth";

const STACKS = ["local-eks", "local-eks-addons", "local-eks-workloads"] as const;

describe("an account without images", () => {
  let cloud: LocalCloud;
  let stacks: readonly SynthesizedStack[];

  beforeAll(async () => {
    cloud = await LocalCloud.start({ parts: ["kubernetes"] });
    const all = synth(cloud.directory, "local");
    stacks = STACKS.map((id) => all.filter((stack) => stack.id === id)).flat();
  }, 25 * 60_000);

  afterAll(() => cloud.stop());

  test("is deployed in the order eks, images, add-ons, workloads, and the plan of the workloads fails without images", async () => {
    if (!cloud.has(["kubernetes"])) return;
    const [eks, addons, workloads] = stacks;
    if (eks === undefined || addons === undefined || workloads === undefined) throw new Error("a stack is missing");
    await expectApplied(cloud, eks);

    // The message names the repository, the tag and the command; the plan ends within seconds.
    const terraform = await cloud.terraform(workloads);
    const startedAt = Date.now();
    const message = await terraform.plan("plan").then(
      () => "the plan succeeded",
      (error: unknown) => String(error).replace(/\s+/g, " "),
    );
    console.log(`the plan without images took ${Date.now() - startedAt} ms`);
    expect(Date.now() - startedAt).toBeLessThan(60_000);
    expect(message).toContain("with data.aws_ecr_image.demo-flask-backend_latest_from_groundwork_images_build_local");
    for (const repository of ["demo-flask-backend", "demo-frontend"])
      expect(message).toContain(
        `repository ${repository} has no image :latest, or its newest image has no tag; run npx groundwork images build local`,
      );

    expect(await images(cloud, "status")).toMatchObject({ code: 1 });
    const built = await images(cloud, "build");
    expect(built.code).toBe(0);
    expect(built.lines.join("\n")).toMatch(/demo-flask-backend:latest is sha256:[0-9a-f]{64} of ca9e9d4/);
    const lock = () => readFileSync(join(cloud.directory, "images/local.lock.json"), "utf8");
    const locked = lock();
    expect(Object.keys(JSON.parse(locked) as object)).toEqual(["demo-flask-backend", "demo-frontend"]);

    // A second run builds nothing: it starts no build and writes no file.
    const again = await images(cloud, "build");
    expect(again.lines.filter((line) => !/:latest is sha256:/.test(line))).toEqual([]);
    expect(lock()).toBe(locked);
    expect(await images(cloud, "status")).toMatchObject({ code: 0 });
    expect((await images(cloud, "logs")).lines).toContain("demo-frontend build 1");

    await expectApplied(cloud, addons);
    await expectApplied(cloud, workloads);
    for (const stack of [workloads, addons, eks]) await expectDestroyed(cloud, stack);
    expect(await leftovers(cloud.endpoint, eks.region)).toEqual([]);
  });
});
