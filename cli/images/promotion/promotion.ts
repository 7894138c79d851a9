import type { LockedImage } from "../image-lock";
import { copyImage } from "./copy-image";
import { contentOf, type ImageContent } from "./image-content";
import type { ImageRepository } from "./image-repository";
import { judge, type ScanPolicy } from "./scan";

/** An image, where it is, and where it goes. */
export interface Promotion {
  readonly service: string;
  /** Name of the environment that it comes from. */
  readonly environment: string;
  readonly from: ImageRepository;
  readonly to: ImageRepository;
  /** The image that the lock file of the first environment records. */
  readonly image: LockedImage;
  /** Tag that the stacks of the second environment look up. */
  readonly tag: string;
  /** What the lock file of the second environment records. */
  readonly recorded: LockedImage | undefined;
  /** Platforms of the nodes that will run it; empty when they are not known. */
  readonly platforms: readonly string[];
}

/** What a promotion will do: nothing, a copy, or nothing because of problems. */
export type Inspection =
  | { readonly kind: "current" }
  | { readonly kind: "ready"; readonly content: ImageContent }
  | { readonly kind: "blocked"; readonly problems: readonly string[] };

/** Prints the findings of an image, and finds out what prevents its promotion. Changes nothing. */
export async function inspect(
  promotion: Promotion,
  policy: ScanPolicy,
  log: (lines: string | readonly string[]) => void,
  abort: AbortSignal,
): Promise<Inspection> {
  const { from, to, image, tag, recorded } = promotion;
  const name = `${from.name}@${image.digest}`;
  const existing = await to.digestOf(tag);
  if (existing === image.digest && recorded?.digest === image.digest) return { kind: "current" };
  const content = await contentOf(from, image.digest, abort);
  if (content === undefined)
    return blocked(
      `${name} does not exist any more; build it again: npx groundwork images build ${promotion.environment}`,
    );
  const scans = await Promise.all(content.images.map((digest) => from.scan(digest)));
  const { lines, problems } = judge(name, scans, policy);
  log(lines);
  const all = [...problems, ...platformProblems(promotion, content), ...(await tagProblems(promotion, existing))];
  return all.length === 0 ? { kind: "ready", content } : blocked(...all);
}

/** Copies the image and returns what the lock file of the second environment records. */
export async function apply(
  promotion: Promotion,
  content: ImageContent,
  log: (line: string) => void,
  abort: AbortSignal,
): Promise<LockedImage> {
  const { from, to, tag, image } = promotion;
  if ((await to.digestOf(tag)) !== image.digest) await copyImage({ from, to, content, tag, log, abort });
  return promotedImage(promotion);
}

/** The record of an image: when and from what it was built, and where it comes from. */
function promotedImage({ environment, from, image, tag }: Promotion): LockedImage {
  const { digest, source, revision, date } = image;
  return { tag, digest, source, revision, date, promotedFrom: `${environment}:${from.name}` };
}

function platformProblems({ from, image, platforms }: Promotion, content: ImageContent): readonly string[] {
  const known = content.platforms.length > 0 && platforms.length > 0;
  if (!known || platforms.some((platform) => content.platforms.includes(platform))) return [];
  const given = `${from.name}@${image.digest} is an image for ${content.platforms.join(", ")}`;
  return [`${given}, the nodes are ${platforms.join(", ")}; add the platform to the image's build, and build it again`];
}

async function tagProblems({ to, tag, image }: Promotion, existing: string | undefined): Promise<readonly string[]> {
  if (existing === undefined || existing === image.digest || !(await to.isImmutable(tag))) return [];
  return [
    `${to.name}:${tag} is ${existing}, and its tags are immutable; set another tag in the environment, for example a new version, and promote again`,
  ];
}

function blocked(...problems: readonly string[]): Inspection {
  return { kind: "blocked", problems };
}
