import { Duration } from "../../../core/duration";
import { Size } from "../../../core/size";
import { Artifacts } from "../artifacts";
import { Cache } from "../cache";
import { Deployment } from "../deployment";
import { Guard } from "../guard";
import { Job } from "../job";
import { JobRule } from "../job-rule";
import { Pipeline } from "../pipeline";
import { Publishing } from "./publishing";

/** What the pipeline of a site can be told. */
export interface SitePipelineProps {
  /** Bucket of the site, or the variable that names it. @default - `$SITE_BUCKET`, a variable of the project */
  readonly bucketName?: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Distribution in front of the bucket, or the variable that names it. @default - none: the bucket answers itself */
  readonly distributionId?: string;
  /** Address at which people find the site. @default - none is shown */
  readonly url?: string;
  /** How the site is built. @default - `npx gatsby build` */
  readonly build?: string;
  /** Folder with the built site. @default - `public` */
  readonly folder?: string;
  /** How files reach the bucket. @default - one sync that mirrors the folder */
  readonly publishing?: Publishing;
  /** Packed size of `node_modules`, which the build job hands on. @default - 300 MiB, a Gatsby starter's with room */
  readonly modulesSize?: Size;
  /** Largest artifact that the project takes. @default - 500 MiB, what `GitLabConfiguration` sets */
  readonly artifactLimit?: Size;
}

/**
 * Defines the pipeline of a static site: modules are installed once, then the site is built and put into its bucket.
 *
 * The build job caches npm's downloads, keyed by the lock file, and hands `node_modules/` on. The deploy job runs on the default
 * branch only, one at a time, in environment `production`; it builds, refuses to go on without a start page, and mirrors the
 * folder. Behind CloudFront it then has the copies forgotten.
 *
 * @example sitePipeline({ region: "us-west-2" }).render()
 */
export function sitePipeline(props: SitePipelineProps): Pipeline {
  const { bucketName = "$SITE_BUCKET", folder = "public", url, distributionId } = props;
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
    deployment: Deployment.to("production", url === undefined ? {} : { url }),
    script: [
      props.build ?? "npx gatsby build",
      ...guards(bucketName, folder, distributionId),
      ...publishing.commands(folder, bucketName),
      ...(distributionId === undefined
        ? []
        : [`aws cloudfront create-invalidation --distribution-id ${distributionId} --paths '/*'`]),
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

/** The start page is there, and so are the variables that say where everything goes. */
function guards(bucketName: string, folder: string, distributionId = ""): readonly Guard[] {
  const variables = [bucketName, distributionId].flatMap((text) => /^\$(\w+)$/.exec(text)?.[1] ?? []);
  return [Guard.file(`${folder}/index.html`), ...variables.map((name) => Guard.variable(name))];
}
