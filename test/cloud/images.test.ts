import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CodeBuildClient, CreateProjectCommand, DeleteProjectCommand } from "@aws-sdk/client-codebuild";
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
} from "@aws-sdk/client-ecr";
import { AwsSession } from "@groundwork/cli/aws/aws-session";
import { imagesCommand } from "@groundwork/cli/images/command";
import { lockFile, readLock } from "@groundwork/cli/images/image-lock";
import { promoteCommand } from "@groundwork/cli/images/promotion/command";
import { ACCOUNT } from "@groundwork/local/aws/account";
import { pushMissingImages } from "@groundwork/local/aws/emulated-images";
import { synthesizedApp } from "../support/synthesized-app";
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

describe("an image that CodeBuild has built", () => {
  const region = "ap-northeast-2";
  const provider = { aws: [{ region, allowed_account_ids: [ACCOUNT] }] };
  const variables = {
    REPOSITORY_NAME: "dev-web",
    SOURCE_URL: "https://github.com/joozero/amazon-eks-flask.git",
    SOURCE_REVISION: "ca9e9d4566bdb757fa5dd31c402c15629962c364",
    FIXED_TAG: "latest",
    BUILD_DEFINITION: "1",
  };
  const environmentVariables = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const lookUp = (path: string, repository_name: string, image_tag: string) => ({
    Web: { "//": { metadata: { path } }, repository_name, image_tag },
  });

  let cloud: LocalCloud;
  let session: AwsSession;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
    session = new AwsSession(region, cloud.endpoint);
  }, 10 * 60_000);

  afterAll(async () => {
    session.destroy();
    await cloud.stop();
  });

  test("is promoted to another repository by its digest, and a second promotion does nothing", async () => {
    const ecr = session.client(ECRClient);
    const imageScanningConfiguration = { scanOnPush: true };
    await ecr.send(new CreateRepositoryCommand({ repositoryName: "dev-web", imageScanningConfiguration }));
    await ecr.send(new CreateRepositoryCommand({ repositoryName: "stage/web", imageTagMutability: "IMMUTABLE" }));
    const environment = { type: "LINUX_CONTAINER", image: "x", computeType: "BUILD_GENERAL1_SMALL" } as const;
    await session.client(CodeBuildClient).send(
      new CreateProjectCommand({
        name: "dev-web-build",
        source: { type: "NO_SOURCE" },
        artifacts: { type: "NO_ARTIFACTS" },
        environment: { ...environment, environmentVariables },
        serviceRole: `arn:aws:iam::${ACCOUNT}:role/build`,
      }),
    );
    const project = { name: "dev-web-build", environment: { environment_variable: environmentVariables } };
    const output = synthesizedApp(
      {
        "dev-eks": { provider, resource: { aws_codebuild_project: { Build: project } } },
        "dev-eks-workloads": {
          provider,
          data: { aws_ecr_image: lookUp("dev-eks-workloads/WebImagesDigest/Resource", "dev-web", "latest") },
        },
        "stage-eks-workloads": {
          provider,
          data: { aws_ecr_image: lookUp("stage-eks-workloads/WebImagesDigest/Resource", "stage/web", "1.0.0") },
        },
      },
      {},
      join(cloud.directory, "cdktf.out"),
    );
    const lines: string[] = [];
    const print = (text: string | readonly string[]) => lines.push(...[text].flat());
    const common = { project: cloud.directory, output, endpoint: cloud.endpoint };
    const { signal } = new AbortController();
    const built = await imagesCommand(
      { verb: "build", environment: "dev", ...common },
      { out: print, log: print },
      signal,
    );
    expect(built).toBe(0);
    const promote = () =>
      promoteCommand(
        { from: "dev", to: "stage", accepted: [], withoutScan: false, ...common },
        { out: print, log: print },
        signal,
      );

    lines.length = 0;
    expect(await promote()).toBe(0);
    const { "dev-web": image } = readLock(lockFile(cloud.directory, "dev"));
    const digest = image?.digest ?? "";
    expect(lines).toEqual([
      `dev-web@${digest}: the scan has no findings`,
      "stage/web: copies 3 of 3 layers from dev-web",
      "wrote images/stage.lock.json",
      `stage/web:1.0.0 is ${digest} of ca9e9d4`,
    ]);
    const found = await ecr.send(
      new DescribeImagesCommand({ repositoryName: "stage/web", imageIds: [{ imageTag: "1.0.0" }] }),
    );
    expect(found.imageDetails).toMatchObject([{ imageDigest: digest, imageTags: ["1.0.0"] }]);
    const promotedFrom = "dev:dev-web";
    expect(readLock(lockFile(cloud.directory, "stage"))).toEqual({
      "stage/web": { ...image, tag: "1.0.0", promotedFrom },
    });

    lines.length = 0;
    expect(await promote()).toBe(0);
    expect(lines).toEqual([`stage/web:1.0.0 is already ${digest}`]);

    // The images that proofs push are accepted too: their layers exist.
    const other = { region, repository: "dev-web", tag: "other" };
    expect(await pushMissingImages(cloud.endpoint, [other])).toEqual([other]);
    expect(await pushMissingImages(cloud.endpoint, [other])).toEqual([]);

    for (const repositoryName of ["dev-web", "stage/web"])
      await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
    await session.client(CodeBuildClient).send(new DeleteProjectCommand({ name: "dev-web-build" }));
    expect(await leftovers(cloud.endpoint, region)).toEqual([]);
  });
});
