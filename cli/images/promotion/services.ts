import { objectOf } from "@groundwork/tooling/objects";
import { imageLookups } from "@groundwork/tooling/terraform/image-lookups";
import { type Block, blocksOf, type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";

/** An image that an environment runs, as its stacks look it up. */
export interface EnvironmentImage {
  /** Path of its `ImageDigest` within the stack, which is equal in both environments. */
  readonly path: string;
  /** Name of the service in messages: `FlaskBackend`. */
  readonly service: string;
  readonly region: string;
  /** Account of the stack; undefined for the account of the credentials. */
  readonly account: string | undefined;
  readonly repository: string;
  readonly tag: string;
}

/** The images that stacks look up by a known repository and tag. */
export function environmentImages(stacks: readonly SynthesizedStack[]): readonly EnvironmentImage[] {
  return stacks.flatMap((stack) =>
    imageLookups(stack).map(({ block, region, repository, tag }) => {
      const path = pathOf(block);
      return {
        path,
        service: path.replace(/(Images)?Digest$/, ""),
        region,
        account: accountOf(stack),
        repository,
        tag,
      };
    }),
  );
}

/** The images whose service or repository has a text in its name. */
export function selectServices(
  images: readonly EnvironmentImage[],
  environment: string,
  text: string | undefined,
): readonly EnvironmentImage[] {
  if (images.length === 0)
    throw new Error(
      `no stack of ${environment} looks up an image by its tag; services need an image from a repository`,
    );
  if (text === undefined) return images;
  const isIn = (name: string) => name.toLowerCase().includes(text.toLowerCase());
  const found = images.filter(({ service, repository }) => isIn(service) || isIn(repository));
  if (found.length > 0) return found;
  const known = images.map(({ service, repository }) => `${service} (${repository})`).join(", ");
  throw new Error(`no service or repository with "${text}" in its name; known: ${known}`);
}

/** The platforms of the nodes of stacks; empty when one of them is not known. */
export function nodePlatforms(stacks: readonly SynthesizedStack[]): readonly string[] {
  const types = stacks.flatMap((stack) =>
    [...stack.resources("aws_eks_node_group").values()].map((block) => textArgument(block, "ami_type")),
  );
  const platforms = types.map((type) =>
    type.includes("ARM_64") ? "linux/arm64" : /x86_64/i.test(type) ? "linux/amd64" : undefined,
  );
  return platforms.every((platform) => platform !== undefined) ? [...new Set(platforms)] : [];
}

/** Path of the construct around a block: `FlaskBackendImagesDigest` for `lab-eks-workloads/FlaskBackendImagesDigest/Resource`. */
function pathOf(block: Block): string {
  const { path } = objectOf(objectOf(block["//"])["metadata"]);
  return typeof path === "string" ? path.split("/").slice(1, -1).join("/") : "";
}

function accountOf({ json }: SynthesizedStack): string | undefined {
  const [provider] = blocksOf(objectOf(json["provider"])["aws"]);
  const accounts = provider?.["allowed_account_ids"];
  return Array.isArray(accounts) && typeof accounts[0] === "string" ? accounts[0] : undefined;
}
