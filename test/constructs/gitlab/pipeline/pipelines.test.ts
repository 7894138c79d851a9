import { pipelineFiles } from "@groundwork/constructs/gitlab/pipeline/site/pipeline-files";
import { Publishing } from "@groundwork/constructs/gitlab/pipeline/site/publishing";
import { raceTrack } from "@groundwork/constructs/gitlab/pipeline/race-track";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site/site-pipeline";
import { PIP012 } from "@groundwork/constructs/gitlab/rules";
import { deliveryFiles } from "@groundwork/constructs/kpaas/delivery/delivery-files";
import { Size } from "@groundwork/constructs/core/size";
import { parse } from "yaml";
import { filesBelow, textOf } from "../../../support/repository";

type Jobs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe("pipelines/", () => {
  const files = { ...pipelineFiles(), ...deliveryFiles() };

  test.each(Object.entries(files))("%s is current; npm run pipelines writes it", (path, text) => {
    expect(textOf(path)).toBe(text);
  });

  test("holds nothing else", () => {
    expect([...filesBelow("pipelines", "")].sort()).toEqual(Object.keys(files).sort());
  });
});

describe("raceTrack", () => {
  const jobs = parse(raceTrack(6).render()) as Jobs;

  test("has the lab's stages and six chains that know only themselves", () => {
    expect(jobs["stages"]).toEqual(["build", "test", "race"]);
    for (const car of [1, 2, 3, 4, 5, 6]) {
      expect(jobs[`build_car_${car}`]).toMatchObject({ stage: "build", needs: [] });
      expect(jobs[`test_car_${car}`]).toMatchObject({ stage: "test", needs: [`build_car_${car}`] });
      expect(jobs[`race_car_${car}`]).toMatchObject({ stage: "race", needs: [`test_car_${car}`] });
    }
  });

  test("has a job of the last stage that needs nothing, so that it starts at once", () => {
    expect(jobs["announce"]).toMatchObject({ stage: "race", needs: [] });
  });

  test("has as many chains as it is told, and does the work it is told", () => {
    const track = raceTrack(2, { work: (step, car) => [`make ${step}-${car}`] });
    expect(track.jobs).toHaveLength(7);
    expect((parse(track.render()) as Jobs)["race_car_2"]?.["script"]).toEqual(["make race-2"]);
  });
});

describe("sitePipeline", () => {
  const jobs = parse(
    sitePipeline({ region: "us-west-2", bucketName: "my-static-website-111122223333" }).render(),
  ) as Jobs;

  test("is the lab's: stages, npm ci, node_modules as artifact, Gatsby build, then a mirroring sync in production", () => {
    expect(jobs["stages"]).toEqual(["build", "deploy"]);
    expect(jobs["build"]).toMatchObject({
      script: ["npm ci --cache .npm --prefer-offline"],
      artifacts: { paths: ["node_modules/"] },
    });
    expect(jobs["deploy"]).toMatchObject({
      environment: { name: "production" },
      script: [
        "npx gatsby build",
        "test -s public/index.html",
        "aws s3 sync public s3://my-static-website-111122223333 --delete",
      ],
    });
  });

  test("caches what npm ci reads and not what it deletes", () => {
    expect(jobs["build"]?.["cache"]).toEqual({ key: { files: ["package-lock.json"] }, paths: [".npm/"] });
  });

  test("deploys one at a time, on the default branch, to the end", () => {
    expect(jobs["deploy"]).toMatchObject({
      rules: [{ if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" }],
      resource_group: "production",
      interruptible: false,
    });
  });

  test("refuses to begin when a variable that names the target is empty", () => {
    const { deploy } = parse(
      sitePipeline({ region: "us-west-2", distributionId: "$SITE_DISTRIBUTION" }).render(),
    ) as Jobs;
    expect(deploy?.["script"]).toEqual([
      "npx gatsby build",
      "test -s public/index.html",
      'test -n "${SITE_BUCKET:-}"',
      'test -n "${SITE_DISTRIBUTION:-}"',
      "aws s3 sync public s3://$SITE_BUCKET --delete",
      "aws cloudfront create-invalidation --distribution-id $SITE_DISTRIBUTION --paths '/*'",
    ]);
  });

  test("can keep hashed assets for a year, and deletes only when nothing names them any more", () => {
    const commands = Publishing.immutable("static/*", "*.js").commands("public", "site");
    expect(commands).toEqual([
      "aws s3 sync public s3://site --exclude '*' --include 'static/*' --include '*.js' --cache-control 'public,max-age=31536000,immutable'",
      "aws s3 sync public s3://site --exclude 'static/*' --exclude '*.js' --cache-control 'public,max-age=0,must-revalidate'",
      "aws s3 sync public s3://site --delete --size-only",
    ]);
    const publishing = Publishing.immutable("static/*");
    const build = "npm run build";
    const { deploy } = parse(
      sitePipeline({ region: "us-west-2", publishing, build, folder: "dist", url: "https://a.example" }).render(),
    ) as Jobs;
    expect(deploy?.["script"]).toHaveLength(6);
    expect(deploy?.["environment"]).toEqual({ name: "production", url: "https://a.example" });
  });

  test("rejects modules that the project's limit would not take", () => {
    expect(() => sitePipeline({ region: "us-west-2", modulesSize: Size.mebibytes(600) })).toViolate(PIP012, /600 MiB/);
    expect(() => sitePipeline({ region: "us-west-2", artifactLimit: Size.mebibytes(100) })).toViolate(PIP012);
  });
});
