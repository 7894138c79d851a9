import { imageJob, type ImageJobProps } from "@groundwork/constructs/gitlab/pipeline/image-job";
import { JobRule } from "@groundwork/constructs/gitlab/pipeline/job-rule";
import { Pipeline } from "@groundwork/constructs/gitlab/pipeline/pipeline";
import { parse } from "yaml";

interface Rendered {
  readonly script: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly artifacts: object;
}

function jobWith(props: Partial<ImageJobProps> = {}): Rendered {
  const job = imageJob("build-image", { stage: "build", region: "ap-northeast-2", ...props });
  return (parse(Pipeline.of({ stages: ["build"], jobs: [job] }).render()) as { "build-image": Rendered })[
    "build-image"
  ];
}

describe("imageJob", () => {
  test("logs in with the role of the runner's jobs, builds the commit, pushes it and keeps the digest", () => {
    expect(jobWith()).toMatchObject({
      variables: { IMAGE: "$IMAGE_REPOSITORY:$CI_COMMIT_SHORT_SHA", AWS_DEFAULT_REGION: "ap-northeast-2" },
      script: [
        'test -n "${IMAGE_REPOSITORY:-}"',
        'aws ecr get-login-password | buildah login --username AWS --password-stdin "${IMAGE%%/*}"',
        'buildah build --layers --platform linux/amd64 --file Dockerfile --tag "$IMAGE" .',
        'buildah push --digestfile image.digest "$IMAGE"',
        "test -s image.digest",
      ],
      artifacts: { paths: ["image.digest"] },
    });
  });

  test("builds a list for several platforms, with arguments and the directory of a service", () => {
    const { script, variables } = jobWith({
      repositoryUrl: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/web",
      tag: "1.0.0",
      context: "web",
      dockerfile: "web/Dockerfile",
      buildArguments: { VERSION: "$CI_COMMIT_TAG", TITLE: "my site" },
      platforms: ["linux/amd64", "linux/arm64"],
      rules: [JobRule.onDefaultBranch()],
    });
    expect(variables["IMAGE"]).toBe("111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/web:1.0.0");
    expect(script).toContain(
      `buildah build --layers --platform linux/amd64,linux/arm64 --file web/Dockerfile --build-arg "VERSION=$CI_COMMIT_TAG" --build-arg 'TITLE=my site' --manifest "$IMAGE" web`,
    );
    expect(script).toContain('buildah manifest push --all --digestfile image.digest "$IMAGE" "docker://$IMAGE"');
  });
});
