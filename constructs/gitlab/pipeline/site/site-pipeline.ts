import { shellExpression } from "../../../core/quoting/shell";
import { defined } from "../../../core/defined";
import { Duration } from "../../../core/duration";
import { Size } from "../../../core/size";
import { Artifacts } from "../artifacts";
import { Cache } from "../cache";
import { Deployment } from "../deployment";
import { Guard } from "../guard";
import { Job } from "../job";
import { JobRule } from "../job-rule";
import { Pipeline } from "../pipeline";
import { checkSiteTarget } from "./site-target";
import { Publishing } from "./publishing";

/** Options of the pipeline of a static site. */
export interface SitePipelineProps {
  /** Bucket of the site, or a variable with its name. @default - `$SITE_BUCKET`, a variable of the project */
  readonly bucketName?: string;
  /** Region of the bucket. */
  readonly region: string;
  /** ID of the distribution in front of the bucket, or a variable with it. @default - none: no cache invalidation */
  readonly distributionId?: string;
  /** URL of the environment in GitLab. @default - none */
  readonly url?: string;
  /** Command that builds the site. @default - `npx gatsby build` */
  readonly build?: string;
  /** Folder with the built site. @default - `public` */
  readonly folder?: string;
  /** How files are uploaded to the bucket. @default - one sync that mirrors the folder */
  readonly publishing?: Publishing;
  /** Packed size of `node_modules`, an artifact of the build job. @default - 300 MiB, enough for a Gatsby starter */
  readonly modulesSize?: Size;
  /** Maximum artifact size of the project. @default - 500 MiB, the default of `GitLabConfiguration` */
  readonly artifactLimit?: Size;
}

/**
 * Defines the pipeline of a static site: it installs modules, builds the site and uploads it to its bucket.
 *
 * The build job caches npm downloads, keyed by the lock file, and passes `node_modules/` on. The deploy job runs only on the default
 * branch, one at a time, in the environment `production`; it builds the site, fails without a start page, and uploads the folder.
 * Behind CloudFront it then invalidates the cache.
 *
 * @example sitePipeline({ region: "us-west-2" }).render()
 */
export function sitePipeline(props: SitePipelineProps): Pipeline {
  const { bucketName = "$SITE_BUCKET", folder = "public", url, distributionId } = props;
  checkSiteTarget({ bucketName, folder, distributionId, region: props.region });
  const publishing = props.publishing ?? Publishing.mirror();
  const build = Job.of("build", {
    stage: "build",
    caches: [Cache.npm()],
    script: ["npm ci --cache .npm --prefer-offline"],
    artifacts: Artifacts.of(["node_modules/"], {
      expireIn: Duration.days(1),
      size: props.modulesSize ?? Size.mebibytes(300),
    }),
  });
  const deploy = Job.of("deploy", {
    stage: "deploy",
    needs: ["build"],
    rules: [JobRule.onDefaultBranch()],
    deployment: Deployment.to("production", defined({ url })),
    script: [
      props.build ?? "npx gatsby build",
      ...guards(bucketName, folder, distributionId),
      ...publishing.commands(folder, bucketName),
      ...(distributionId === undefined
        ? []
        : [`aws cloudfront create-invalidation --distribution-id ${shellExpression(distributionId)} --paths '/*'`]),
    ],
  });
  return Pipeline.of({
    description: "Builds the site and puts it into its bucket. Written by npm run pipelines.",
    stages: ["build", "deploy"],
    variables: { AWS_DEFAULT_REGION: props.region },
    artifactLimit: props.artifactLimit ?? Size.mebibytes(500),
    jobs: [build, deploy],
  });
}

/** Checks that the start page exists and that the variables with the target are set. */
function guards(bucketName: string, folder: string, distributionId = ""): readonly Guard[] {
  const variables = [bucketName, distributionId].flatMap((text) => /^\$(\w+)$/.exec(text)?.[1] ?? []);
  return [Guard.file(`${folder}/index.html`), ...variables.map((name) => Guard.variable(name))];
}
