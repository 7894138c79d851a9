import { COMMIT_TAG_LENGTH, EXPORTED_VARIABLES } from "../../core/image-build-variables";
import { shellWord } from "../../core/quoting/shell";
import { yamlString } from "../../core/quoting/yaml";
import type { Dockerfile } from "./dockerfile";
import type { ImagePlatform } from "./image-platform";

/** Registers emulators of other processors with the kernel; published by AWS, the version is the one of QEMU. */
const EMULATORS = "public.ecr.aws/eks-distro-build-tooling/binfmt-misc:qemu-v7.0.0";

/** What a build specification depends on. */
export interface BuildSteps {
  readonly dockerfile: Dockerfile;
  readonly context: string;
  /** Names of the build arguments; their values are variables of the project. */
  readonly buildArguments: readonly string[];
  readonly platforms: readonly ImagePlatform[];
}

/** Variable of the project that contains the value of a build argument: no shell reads the value as code. */
export function argumentVariable(name: string): string {
  return `BUILD_ARGUMENT_${name}`;
}

/**
 * The build specification (buildspec) of a CodeBuild project that builds an image and pushes it.
 *
 * The source is fetched by Git itself, so that every public host works and no connection to a host is set up. All commands are in one
 * phase: CodeBuild runs later phases also after a failure.
 */
export function buildSpecification(steps: BuildSteps): string {
  const commands = [...sourceCommands(steps), ...LOGIN, ...builderCommands(steps), buildCommand(steps), ...RESULT];
  return [
    "version: 0.2",
    "env:",
    "  shell: bash",
    "  exported-variables:",
    ...Object.values(EXPORTED_VARIABLES).map((name) => `    - ${name}`),
    "phases:",
    "  build:",
    "    on-failure: ABORT",
    "    commands:",
    ...commands.map((command) => `      - ${yamlString(command)}`),
    "",
  ].join("\n");
}

function sourceCommands({ dockerfile: { path, text } }: BuildSteps): readonly string[] {
  return [
    "set -o pipefail",
    'git init --quiet source && cd source && git remote add origin "$SOURCE_URL"',
    'git fetch --quiet --depth 1 origin "$SOURCE_REVISION" && git checkout --quiet FETCH_HEAD',
    "export SOURCE_COMMIT=$(git rev-parse HEAD)",
    `export IMAGE_TAG=\${FIXED_TAG:-\${SOURCE_COMMIT:0:${COMMIT_TAG_LENGTH}}}`,
    ...(text === undefined ? [] : [`printf '%s\\n' ${text.split("\n").map(shellWord).join(" ")} > ${shellWord(path)}`]),
  ];
}

const LOGIN = [
  'aws ecr get-login-password | docker login --username AWS --password-stdin "${REPOSITORY_URL%%/*}"',
] as const;

/** Docker's own builder, whose layers the cache keeps, builds for one platform only. */
function builderCommands({ platforms }: BuildSteps): readonly string[] {
  if (platforms.length === 1) return [];
  return [`docker run --privileged --rm ${EMULATORS} --install all`, "docker buildx create --use"];
}

/** Without provenance the result for one platform is an image and no index, which scanning on push would not read. */
function buildCommand({ dockerfile, context, buildArguments, platforms }: BuildSteps): string {
  return [
    "docker buildx build --push --provenance=false",
    `--platform ${shellWord(platforms.map(({ name }) => name).join(","))}`,
    `--file ${shellWord(dockerfile.path)}`,
    ...buildArguments.map((name) => `--build-arg ${name}="$${argumentVariable(name)}"`),
    '--tag "$REPOSITORY_URL:$IMAGE_TAG"',
    shellWord(context),
  ].join(" ");
}

const RESULT = [
  `export IMAGE_DIGEST=$(docker buildx imagetools inspect "$REPOSITORY_URL:$IMAGE_TAG" --format '{{.Manifest.Digest}}')`,
  'echo "$REPOSITORY_NAME:$IMAGE_TAG is $IMAGE_DIGEST of $SOURCE_COMMIT"',
] as const;
