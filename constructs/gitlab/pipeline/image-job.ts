import { defined } from "../../core/defined";
import { Duration } from "../../core/duration";
import { shellExpression, shellPath, shellWord } from "../../core/quoting/shell";
import { Artifacts } from "./artifacts";
import { Guard } from "./guard";
import { Job } from "./job";
import type { JobRule } from "./job-rule";

/** Operating system and processor architecture of an image. */
export type ImageJobPlatform = "linux/amd64" | "linux/arm64";

/** Options of a job that builds an image. */
export interface ImageJobProps {
  /** Stage of the job. */
  readonly stage: string;
  /** Region of the repository in ECR. */
  readonly region: string;
  /** Address of the repository without tag, or a variable with it. @default - `$IMAGE_REPOSITORY`, a variable of the project */
  readonly repositoryUrl?: string;
  /** Tag of the image. @default - `$CI_COMMIT_SHORT_SHA` */
  readonly tag?: string;
  /** Path of the Dockerfile. @default - `Dockerfile` of the project */
  readonly dockerfile?: string;
  /** Directory of the project that the Dockerfile can read. @default - the whole project */
  readonly context?: string;
  /** Values of the Dockerfile's `ARG` instructions; they may contain variables, and are readable in the image. @default - none */
  readonly buildArguments?: Readonly<Record<string, string>>;
  /** Platforms of the image; each must match nodes of a cluster. @default - `linux/amd64` */
  readonly platforms?: readonly [ImageJobPlatform, ...ImageJobPlatform[]];
  /** Rules that include the job in a pipeline. @default - always included */
  readonly rules?: readonly JobRule[];
}

/**
 * Defines a job that builds an image with Buildah, which needs no daemon and no root user, and pushes it to ECR.
 *
 * The registry accepts a token for twelve hours that the role of the runner's jobs requests: no key is stored. Grant that role the push:
 * `repository.grants.push(role)`. The artifact `image.digest` contains the digest of the image.
 *
 * @example imageJob("build-image", { stage: "build", region: "ap-northeast-2" })
 */
export function imageJob(name: string, props: ImageJobProps): Job {
  const { stage, region, repositoryUrl = "$IMAGE_REPOSITORY", tag = "$CI_COMMIT_SHORT_SHA", rules } = props;
  const [, variable] = /^\$(\w+)$/.exec(repositoryUrl) ?? [];
  return Job.of(name, {
    stage,
    ...defined({ rules }),
    variables: { IMAGE: `${repositoryUrl}:${tag}`, AWS_DEFAULT_REGION: region },
    script: [
      ...(variable === undefined ? [] : [Guard.variable(variable)]),
      'aws ecr get-login-password | buildah login --username AWS --password-stdin "${IMAGE%%/*}"',
      ...buildCommands(props),
      Guard.file("image.digest"),
    ],
    artifacts: Artifacts.of(["image.digest"], { expireIn: Duration.days(30) }),
  });
}

/** An image for several platforms is a list, which has commands of its own. */
function buildCommands(props: ImageJobProps): readonly string[] {
  const { dockerfile = "Dockerfile", context = ".", buildArguments = {}, platforms = ["linux/amd64"] } = props;
  const build = [
    "buildah build --layers",
    `--platform ${shellWord(platforms.join(","))}`,
    `--file ${shellPath(dockerfile)}`,
    ...Object.entries(buildArguments).map(([key, value]) => `--build-arg ${shellExpression(`${key}=${value}`)}`),
  ].join(" ");
  const source = shellPath(context);
  return platforms.length === 1
    ? [`${build} --tag "$IMAGE" ${source}`, 'buildah push --digestfile image.digest "$IMAGE"']
    : [
        `${build} --manifest "$IMAGE" ${source}`,
        'buildah manifest push --all --digestfile image.digest "$IMAGE" "docker://$IMAGE"',
      ];
}
