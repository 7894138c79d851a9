import { BUILD_VARIABLES } from "@groundwork/constructs/core";
import { imageLookups } from "@groundwork/tooling/terraform/image-lookups";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { type Json, objectOf } from "../http/json";
import { signatureFor } from "./gateway/credentials";
import { ECR_TARGET } from "./gateway/rules/ecr-call";
import { emulatedImage } from "./gateway/rules/codebuild/emulated-image";
import { pushImage } from "./push-image";

/** An image by its repository and tag. */
export interface TaggedImage {
  readonly region: string;
  readonly repository: string;
  readonly tag: string;
}

/** The images that a stack looks up by their tags, which must exist before it is planned. */
export function lookedUpImages(stack: SynthesizedStack): readonly TaggedImage[] {
  return imageLookups(stack).map(({ region, repository, tag }) => ({ region, repository, tag }));
}

/** Pushes those images to the registry of a local cloud that are missing in an existing repository. Returns the pushed ones. */
export async function pushMissingImages(
  endpoint: string,
  images: readonly TaggedImage[],
): Promise<readonly TaggedImage[]> {
  const pushed: TaggedImage[] = [];
  for (const image of images) {
    const { repository: repositoryName, tag: imageTag } = image;
    const found = await call(endpoint, image, "DescribeImages", { repositoryName, imageIds: [{ imageTag }] });
    if (found.ok || !(await found.text()).includes("ImageNotFoundException")) continue;
    const content = emulatedImage({
      [BUILD_VARIABLES.repositoryName]: repositoryName,
      [BUILD_VARIABLES.tag]: imageTag,
    });
    const error = await pushImage(
      async (action, body) => objectOf((await (await call(endpoint, image, action, body)).json()) as Json),
      content,
    );
    if (error !== undefined) throw new Error(`PutImage ${repositoryName}:${imageTag}: ${error}`);
    pushed.push(image);
  }
  return pushed;
}

/** Deletes images: a repository with images is destroyed only if its stack permits that. */
export async function deleteImages(endpoint: string, images: readonly TaggedImage[]): Promise<void> {
  for (const image of images) {
    const { repository: repositoryName, tag: imageTag } = image;
    await call(endpoint, image, "BatchDeleteImage", { repositoryName, imageIds: [{ imageTag }] });
  }
}

function call(endpoint: string, { region }: TaggedImage, action: string, body: object): Promise<Response> {
  return fetch(endpoint, {
    method: "POST",
    headers: {
      authorization: signatureFor({ service: "ecr", region }),
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `${ECR_TARGET}.${action}`,
    },
    body: JSON.stringify(body),
  });
}
