import { DescribeImagesCommand, ECRClient, type ImageIdentifier } from "@aws-sdk/client-ecr";
import { anyCheck, type Check, type Problem } from "../check";
import type { Plan, PlannedBlock } from "../plan";
import { isErrorNamed } from "../../aws/aws-errors";
import type { AwsCloud } from "./cloud";

/** An image that containers run, in a repository of the account. */
export interface ImageNeed {
  readonly region: string | undefined;
  readonly repository: string;
  /** Tag, or digest that begins with `sha256:`. */
  readonly version: string;
}

/** Whether a needed image exists: by `repository:version`. */
export type ImageSupply = Readonly<Record<string, "exists" | "no image" | "no repository">>;

/** Types of resources whose containers have images. */
const WORKLOADS = /^kubernetes_(deployment|stateful_set|daemonset|daemon_set|cron_job|job|pod|replication_controller)/;

const REPOSITORY_URL = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/;

/** Whether the images of the workloads are in their repositories: without them pods never start, and the apply waits for them. */
export const imageCheck: Check<AwsCloud, readonly ImageNeed[], ImageSupply> = {
  name: "images of workloads",
  needs: (plan) => {
    const workloads = plan.created().filter(({ type }) => WORKLOADS.test(type));
    const needs = workloads.flatMap((workload) =>
      imagesIn(workload.block).map((image) => needOf(plan, workload, image)),
    );
    const known = new Map(needs.filter((need) => need !== undefined).map((need) => [keyOf(need), need]));
    return known.size === 0 ? undefined : [...known.values()];
  },
  supply: async (cloud, needs) => {
    const own = needs.filter(({ region }) => region === undefined || region === cloud.region);
    const found = own.map(async (need) => [keyOf(need), await lookUp(cloud, need)] as const);
    return Object.fromEntries(await Promise.all(found));
  },
  compare: (needs, supply) => needs.flatMap((need) => problemOf(need, supply[keyOf(need)])),
};

export const images = anyCheck(imageCheck);

function problemOf(need: ImageNeed, found: ImageSupply[string] | undefined): readonly Problem[] {
  if (found === undefined || found === "exists") return [];
  const separator = need.version.startsWith("sha256:") ? "@" : ":";
  const image = `${need.repository}${separator}${need.version}`;
  return [
    {
      needed: `image ${image}`,
      available: found === "no image" ? "the repository does not contain it" : "the repository does not exist",
      fix:
        found === "no image"
          ? "build it with groundwork images build, or push it"
          : "deploy the stack that creates the repository, then push the image",
    },
  ];
}

function keyOf({ repository, version }: ImageNeed): string {
  return `${repository}:${version}`;
}

/** All values of `image` in a resource. */
function imagesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, nested]: [string, unknown]) =>
    key === "image" && typeof nested === "string" ? [nested] : imagesIn(nested),
  );
}

/** Address of a repository, and the tag or digest behind it. */
const IMAGE = /^(\$\{[^}]*\}|[^@:]+)(?:@(sha256:[0-9a-f]+)|:([\w.-]+))?$/;

/** The digest of an image that a data source finds by its tag. */
const DIGEST = /@(\$\{data\.aws_ecr_image\.[^}]*\})$/;

function needOfTag(image: PlannedBlock): ImageNeed | undefined {
  const [repository, version] = [image.text("repository_name"), image.text("image_tag")];
  return repository === undefined || version === undefined ? undefined : { region: undefined, repository, version };
}

/** The need for an image; undefined for one of another registry or that is known only at apply. */
function needOf(plan: Plan, workload: PlannedBlock, image: string): ImageNeed | undefined {
  const found = plan.referenced({ stack: workload.stack, block: { image: DIGEST.exec(image)?.[1] } }, "image");
  return found === undefined ? needOfName(plan, workload, image) : needOfTag(found);
}

function needOfName(plan: Plan, { stack }: PlannedBlock, image: string): ImageNeed | undefined {
  const [, url = "", digest, tag] = IMAGE.exec(image) ?? [];
  const version = digest ?? tag ?? "latest";
  if (url.startsWith("${")) {
    const repository = plan.referenced({ stack, block: { url } }, "url")?.text("name");
    return repository === undefined ? undefined : { region: undefined, repository, version };
  }
  const [, , region, repository] = REPOSITORY_URL.exec(url) ?? [];
  return repository === undefined ? undefined : { region, repository, version };
}

async function lookUp({ session }: AwsCloud, { repository, version }: ImageNeed): Promise<ImageSupply[string]> {
  const id: ImageIdentifier = version.startsWith("sha256:") ? { imageDigest: version } : { imageTag: version };
  try {
    await session.client(ECRClient).send(new DescribeImagesCommand({ repositoryName: repository, imageIds: [id] }));
    return "exists";
  } catch (error) {
    if (isErrorNamed(error, "ImageNotFoundException")) return "no image";
    if (isErrorNamed(error, "RepositoryNotFoundException")) return "no repository";
    throw error;
  }
}
