import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { BuildMachine } from "@groundwork/constructs/aws/registry/build-machine";
import { Dockerfile } from "@groundwork/constructs/aws/registry/dockerfile";
import { GitSource } from "@groundwork/constructs/aws/registry/git-source";
import { ImageBuild, type ImageBuildProps } from "@groundwork/constructs/aws/registry/image-build";
import { ImagePlatform } from "@groundwork/constructs/aws/registry/image-platform";
import { Repository } from "@groundwork/constructs/aws/registry/repository";
import { REG003, REG004, REG005, REG006, REG007 } from "@groundwork/constructs/aws/registry/rules";
import { AWS004 } from "@groundwork/constructs/aws/rules";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { TerraformVariable } from "cdktf";
import { parse } from "yaml";
import { resolved } from "../../../support/cluster";
import { awsStack, type Block, resource } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { statementsOf } from "../../../support/policy";

const COMMIT = "ca9e9d4566bdb757fa5dd31c402c15629962c364";
const SOURCE = GitSource.of("https://github.com/joozero/amazon-eks-flask.git", COMMIT);

function buildWith(props: Partial<ImageBuildProps> = {}) {
  const stack = awsStack();
  const repository = new Repository(stack, "Backend", { repositoryName: "demo" });
  const build = new ImageBuild(stack, "Build", { repository, source: SOURCE, ...props });
  return { stack, repository, build };
}

/** The part of a project that the tests read. */
interface Project {
  readonly source: { readonly buildspec: string };
  readonly environment: {
    readonly type: string;
    readonly image: string;
    readonly privileged_mode: boolean;
    readonly environment_variable: readonly { readonly name: string; readonly value: string }[];
  };
}

function projectOf(props: Partial<ImageBuildProps> = {}): Project & Block {
  return resource(buildWith(props).stack, CodebuildProject) as Project & Block;
}

function commandsOf(props: Partial<ImageBuildProps> = {}): readonly string[] {
  const { buildspec } = projectOf(props).source;
  const text = buildspec.replaceAll("$${", "${").replaceAll("%%{", "%{");
  return (parse(text) as { phases: { build: { commands: string[] } } }).phases.build.commands;
}

function variablesOf(project: Project): Readonly<Record<string, string>> {
  return Object.fromEntries(project.environment.environment_variable.map(({ name, value }) => [name, value]));
}

describe("ImageBuild", () => {
  test("builds for amd64 in at most 30 minutes, with Docker and a cache of layers", () => {
    expect(projectOf()).toMatchObject({
      name: "test-build",
      artifacts: { type: "NO_ARTIFACTS" },
      source: { type: "NO_SOURCE" },
      environment: { type: "LINUX_CONTAINER", compute_type: "BUILD_GENERAL1_SMALL", privileged_mode: true },
      cache: { type: "LOCAL", modes: ["LOCAL_DOCKER_LAYER_CACHE"] },
      build_timeout: 30,
    });
  });

  test("fetches the revision, pushes one image and reports its digest", () => {
    const commands = commandsOf({ tag: "latest", buildArguments: { API: "/api" } });
    expect(commands).toContain(
      'git fetch --quiet --depth 1 origin "$SOURCE_REVISION" && git checkout --quiet FETCH_HEAD',
    );
    expect(commands).toContain(
      'docker buildx build --push --provenance=false --platform linux/amd64 --file Dockerfile --build-arg API="$BUILD_ARGUMENT_API" --tag "$REPOSITORY_URL:$IMAGE_TAG" .',
    );
    expect(commands.at(-2)).toMatch(/^export IMAGE_DIGEST=/);
  });

  test("has the source, the tag and the arguments as variables of the project", () => {
    const project = projectOf({ tag: "latest", buildArguments: { API: "${host}" } });
    expect(variablesOf(project)).toMatchObject({
      SOURCE_URL: SOURCE.url,
      SOURCE_REVISION: COMMIT,
      FIXED_TAG: "latest",
      BUILD_ARGUMENT_API: "$${host}",
      REPOSITORY_URL: expect.stringContaining("repository_url") as string,
    });
  });

  test("derives the tag from the commit by default", () => {
    expect(variablesOf(projectOf())).not.toHaveProperty("FIXED_TAG");
    expect(commandsOf()).toContain("export IMAGE_TAG=${FIXED_TAG:-${SOURCE_COMMIT:0:12}}");
  });

  test.each<Partial<ImageBuildProps>>([
    { source: GitSource.of(SOURCE.url, "main") },
    { tag: "1.0.0" },
    { buildArguments: { API: "/api" } },
    { dockerfile: Dockerfile.at("docker/Dockerfile") },
    { platforms: [ImagePlatform.LINUX_ARM64] },
  ])("%# has another definition when something changes that determines the image", (change) => {
    const definition = (props: Partial<ImageBuildProps>) => variablesOf(projectOf(props))["BUILD_DEFINITION"];
    expect(definition(change)).not.toBe(definition({}));
    expect(definition({ timeout: Duration.minutes(60) })).toBe(definition({}));
  });

  test("lets Terraform compute the definition from an argument that is known only at apply", () => {
    const stack = awsStack();
    const host = new TerraformVariable(stack, "host", { type: "string" });
    const repository = new Repository(stack, "Backend");
    new ImageBuild(stack, "Build", { repository, source: SOURCE, buildArguments: { HOST: host.stringValue } });
    expect(variablesOf(resource(stack, CodebuildProject) as Project & Block)).toMatchObject({
      BUILD_ARGUMENT_HOST: "${var.host}",
      BUILD_DEFINITION: expect.stringMatching(/^\$\{sha256\(join\(" ", \["[0-9a-f]{8}", var\.host\]\)\)\}$/) as string,
    });
  });

  test("writes a Dockerfile of its own, whose text no shell and no Terraform reads as code", () => {
    const text = "FROM a\nRUN echo '${HOME}' %{x} && sed -i 's#{x}##' f";
    expect(commandsOf({ dockerfile: Dockerfile.ofText(text) })).toContain(
      `printf '%s\\n' 'FROM a' 'RUN echo '\\''\${HOME}'\\'' %{x} && sed -i '\\''s#{x}##'\\'' f' > Dockerfile.groundwork`,
    );
  });

  test("builds for Graviton on Graviton, and for both with emulators of the other processor", () => {
    expect(
      projectOf({ platforms: [ImagePlatform.LINUX_ARM64], machine: BuildMachine.LARGE }).environment,
    ).toMatchObject({ type: "ARM_CONTAINER", image: expect.stringContaining("aarch64") as string });
    const both = commandsOf({ platforms: [ImagePlatform.LINUX_AMD64, ImagePlatform.LINUX_ARM64] });
    expect(both).toContain("docker buildx create --use");
    expect(both.join("\n")).toContain("--platform linux/amd64,linux/arm64");
  });

  test("can push to its repository and write to its log group only, for its own account", () => {
    const { stack, repository } = buildWith();
    const statements = statementsOf(resource(stack, IamRolePolicy));
    expect(statements.map(({ Resource }) => Resource)).toEqual([
      `\${${resource(stack, CloudwatchLogGroup).address}.arn}:*`,
      "*",
      resolved(stack, repository.repositoryArn),
    ]);
    expect(statements[1]).toMatchObject({ Action: "ecr:GetAuthorizationToken" });
    expect(String(resource(stack, IamRole)["assume_role_policy"])).toContain("aws:SourceAccount");
  });

  test("keeps its logs for 30 days by default, and encrypts them on request", () => {
    expect(resource(buildWith().stack, CloudwatchLogGroup)).toMatchObject({
      name: "/aws/codebuild/test-build",
      retention_in_days: 30,
    });
    const stack = awsStack();
    const encryptionKey = new EncryptionKey(stack, "Key");
    const repository = new Repository(stack, "Backend");
    new ImageBuild(stack, "Build", { repository, source: SOURCE, encryptionKey, logRetention: Duration.days(90) });
    expect(resource(stack, CloudwatchLogGroup)).toMatchObject({
      retention_in_days: 90,
      kms_key_id: resolved(stack, encryptionKey.keyArn),
    });
    expect(String(resource(stack, KmsKey)["policy"])).toContain("/aws/codebuild/test-build");
  });

  test("is destroyed before its permissions, its log group and the repository", () => {
    const graph = graphOf(buildWith().stack);
    for (const needed of ["aws_iam_role_policy", "aws_iam_role", "aws_cloudwatch_log_group", "aws_ecr_repository"])
      expect([needed, graph.needs("aws_codebuild_project", needed)]).toEqual([needed, true]);
  });

  test.each(["../x", "/x", "-f"])("rejects the context %s", (context) => {
    expect(() => buildWith({ context })).toViolate(REG004);
  });

  test.each<Readonly<Record<string, string>>>([
    { "A-B": "x" },
    { A: "one\ntwo" },
    { A: "AKIAIOSFODNN7EXAMPLE" },
    { PASSWORD: "hunter22" },
  ])("rejects the build arguments %j", (buildArguments) => {
    expect(() => buildWith({ buildArguments })).toViolate(REG005);
  });

  test("rejects no platform, a platform twice, and timeouts that CodeBuild rejects", () => {
    expect(() => buildWith({ platforms: [] })).toViolate(REG006, /no platform/);
    const { LINUX_AMD64 } = ImagePlatform;
    expect(() => buildWith({ platforms: [LINUX_AMD64, LINUX_AMD64] })).toViolate(REG006);
    expect(() => buildWith({ timeout: Duration.minutes(4) })).toViolate(REG006);
    expect(() => buildWith({ timeout: Duration.seconds(330) })).toViolate(REG006);
  });

  test.each(["", "-x", "a b", "x".repeat(129)])("rejects the tag %j", (tag) => {
    expect(() => buildWith({ tag })).toViolate(REG007);
  });

  test("rejects a retention that CloudWatch Logs does not offer, and a name that CodeBuild rejects", () => {
    expect(() => buildWith({ logRetention: Duration.days(31) })).toViolate(AWS004);
    expect(() => buildWith({ projectName: "a b" })).toViolate(NAM001);
  });
});

describe("GitSource", () => {
  test.each([
    "http://github.com/a/b",
    "git@github.com:a/b.git",
    "https://user:token@github.com/a/b",
    "https://github.com/a/b?x=1",
    "https://github.com",
  ])("rejects the address %s", (url) => {
    expect(() => GitSource.of(url, "main")).toViolate(REG003);
  });

  test.each(["", "-f", "a b", "a..b", "HEAD@{1}", "/main", "x.lock"])("rejects the revision %j", (revision) => {
    expect(() => GitSource.of(SOURCE.url, revision)).toViolate(REG003);
  });

  test("reports whether the revision always means the same code", () => {
    expect([SOURCE.isPinned, GitSource.of(SOURCE.url, "feature/x").isPinned]).toEqual([true, false]);
  });
});

describe("Dockerfile", () => {
  test.each(["../Dockerfile", "/Dockerfile", "-f", ""])("rejects the path %j", (path) => {
    expect(() => Dockerfile.at(path)).toViolate(REG004);
  });

  test.each(["RUN true", "FROM a\nENV KEY=AKIAIOSFODNN7EXAMPLE", `FROM a\n#${"x".repeat(16_000)}`])(
    "%# rejects a text without FROM, with a secret, or that is too long",
    (text) => {
      expect(() => Dockerfile.ofText(text)).toViolate(REG004);
    },
  );
});
