import { Publishing } from "@groundwork/constructs/gitlab/pipeline/site/publishing";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site/site-pipeline";
import { PIP012 } from "@groundwork/constructs/gitlab/rules";
import { Size } from "@groundwork/constructs/core/size";
import { parse } from "yaml";

type Jobs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe("sitePipeline", () => {
  const jobs = parse(
    sitePipeline({ region: "us-west-2", bucketName: "my-static-website-111122223333" }).render(),
  ) as Jobs;

  test("installs with npm ci, passes node_modules on, builds with Gatsby and mirrors the folder in production", () => {
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

  test("caches the npm downloads and not node_modules, which npm ci deletes", () => {
    expect(jobs["build"]?.["cache"]).toEqual({ key: { files: ["package-lock.json"] }, paths: [".npm/"] });
  });

  test("deploys one at a time, on the default branch, without interruption", () => {
    expect(jobs["deploy"]).toMatchObject({
      rules: [{ if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" }],
      resource_group: "production",
      interruptible: false,
    });
  });

  test("fails before the upload when a variable with the target is empty", () => {
    const { deploy } = parse(
      sitePipeline({ region: "us-west-2", distributionId: "$SITE_DISTRIBUTION" }).render(),
    ) as Jobs;
    expect(deploy?.["script"]).toEqual([
      "npx gatsby build",
      "test -s public/index.html",
      'test -n "${SITE_BUCKET:-}"',
      'test -n "${SITE_DISTRIBUTION:-}"',
      'aws s3 sync public "s3://$SITE_BUCKET" --delete',
      "aws cloudfront create-invalidation --distribution-id \"$SITE_DISTRIBUTION\" --paths '/*'",
    ]);
  });

  test("supports caching hashed assets for a year, and deletes them only when no page references them", () => {
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

  test("rejects modules that are larger than the limit of the project", () => {
    expect(() => sitePipeline({ region: "us-west-2", modulesSize: Size.mebibytes(600) })).toViolate(PIP012, /600 MiB/);
    expect(() => sitePipeline({ region: "us-west-2", artifactLimit: Size.mebibytes(100) })).toViolate(PIP012);
  });
});
