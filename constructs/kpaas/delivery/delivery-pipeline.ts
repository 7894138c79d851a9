import { Duration } from "../../core/duration";
import { gitlabString } from "../../core/quoting/gitlab-ci";
import { shellHereDocument, shellWord } from "../../core/quoting/shell";
import { Artifacts } from "../../gitlab/pipeline/artifacts";
import { Cache } from "../../gitlab/pipeline/cache";
import { Deployment } from "../../gitlab/pipeline/deployment";
import { Guard } from "../../gitlab/pipeline/guard";
import { Job, type JobProps } from "../../gitlab/pipeline/job";
import { JobRule } from "../../gitlab/pipeline/job-rule";
import { Need } from "../../gitlab/pipeline/need";
import { Pipeline } from "../../gitlab/pipeline/pipeline";
import type { Delivery, JobKind } from "./delivery";
import { deliveredObjects } from "./delivery-objects";

const GRADLE = "./gradlew --no-daemon";

/** Gradle's downloads, valid for one version of Gradle. */
const DOWNLOADS = Cache.by({ files: ["gradle/wrapper/gradle-wrapper.properties"] }, [".gradle/"]);

/** The four jobs of a delivery as a GitLab pipeline, one after the other. */
export function deliveryPipeline(delivery: Delivery): Pipeline {
  const { application, image, tag } = delivery;
  return Pipeline.of({
    description: `Brings ${application} into its cluster. Written by npm run pipelines.`,
    stages: ["build", "static-analysis", "test", "deploy"],
    variables: { IMAGE: `${image}:${tag.expression}`, GRADLE_USER_HOME: "$CI_PROJECT_DIR/.gradle" },
    jobs: [
      job(delivery, "build", undefined, build(delivery)),
      job(delivery, "static-analysis", "build", analysis(delivery)),
      job(delivery, "test", "static-analysis", TEST),
      job(delivery, "deploy", "test", deploy(delivery)),
    ],
  });
}

type JobWork = Pick<JobProps, "script" | "artifacts" | "caches" | "deployment">;

function job(delivery: Delivery, kind: JobKind, previous: JobKind | undefined, work: JobWork): Job {
  const { branch } = delivery.repository;
  const onBranch = JobRule.if(`$CI_COMMIT_BRANCH == ${gitlabString(branch)}`);
  const sameRules = previous !== undefined && isManual(delivery, previous) === isManual(delivery, kind);
  return Job.of(kind, {
    stage: kind,
    // GitLab treats a job with different rules as possibly absent. It never is: both rules are for the same branch.
    needs: previous === undefined ? [] : [sameRules ? Need.on(previous) : Need.on(previous).optional()],
    rules: [isManual(delivery, kind) ? onBranch.manually() : onBranch],
    ...work,
  });
}

function isManual({ triggers }: Delivery, kind: JobKind): boolean {
  return triggers[kind].kind === "manual";
}

function build({ registry, baseImage }: Delivery): JobWork {
  const file = [`FROM ${baseImage}`, "COPY build/libs/*.jar /app.jar", 'ENTRYPOINT ["java", "-jar", "/app.jar"]'];
  return {
    caches: [DOWNLOADS],
    script: [
      ...["HARBOR_USER", "HARBOR_PASSWORD"].map((name) => Guard.variable(name)),
      `${GRADLE} assemble`,
      Guard.files("build/libs", 1),
      `test -s Dockerfile || printf '%s\\n' ${file.map(shellWord).join(" ")} > Dockerfile`,
      'podman build --tag "$IMAGE" .',
      `printf '%s' "$HARBOR_PASSWORD" | podman login --username "$HARBOR_USER" --password-stdin ${shellWord(registry.host)}`,
      'podman push "$IMAGE"',
    ],
    artifacts: Artifacts.of(["build/libs/", "build/classes/"], { expireIn: Duration.days(1) }),
  };
}

function analysis({ application }: Delivery): JobWork {
  const settings = [
    shellWord(`-Dsonar.projectKey=${application}`),
    '-Dsonar.host.url="$SONAR_HOST_URL"',
    "-Dsonar.qualitygate.wait=true",
  ];
  return {
    caches: [DOWNLOADS],
    script: [
      // The scanner reads the token from the environment: a command line is visible to all processes.
      ...["SONAR_HOST_URL", "SONAR_TOKEN"].map((name) => Guard.variable(name)),
      `${GRADLE} sonarqube ${settings.join(" ")}`,
    ],
  };
}

const TEST: JobWork = {
  caches: [DOWNLOADS],
  script: [`${GRADLE} test`],
  artifacts: Artifacts.of(["build/reports/tests/"], {
    expireIn: Duration.days(7),
    when: "always",
    junit: "build/test-results/test/*.xml",
  }),
};

function deploy(delivery: Delivery): JobWork {
  const { application, target } = delivery;
  const { deployment, service } = deliveredObjects(delivery, "$IMAGE");
  return {
    deployment: Deployment.to(target.cluster),
    script: [
      Guard.variable("KUBECONFIG"),
      `kubectl apply --filename=- ${shellHereDocument(`${deployment}---\n${service}`, ["IMAGE"])}`,
      `kubectl ${shellWord(`--namespace=${target.namespace}`)} rollout status ${shellWord(`deployment/${application}`)} --timeout=10m`,
    ],
  };
}
