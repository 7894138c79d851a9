import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { hashOf } from "../../core/text";
import { escapeTerraform, isToken } from "../../core/token";
import type { IRepository } from "./repository";
import { REG007 } from "./rules";
import { TAG } from "./tag";

/** Properties of {@link ImageDigest}. */
export interface ImageDigestProps {
  /** Repository that contains the image. */
  readonly repository: IRepository;
  /** Tag of the image. */
  readonly tag: string;
  /** Command that supplies a missing image, part of the error for one. @default - none */
  readonly command?: string;
}

/**
 * Defines the image that a tag means when Terraform plans: its digest, which never means another image.
 *
 * A new push to the tag is then a visible change in the next plan, all pods run the same image, and a missing image fails the plan within
 * seconds instead of a rollout within minutes. Creates data sources only. Free of charge.
 *
 * @example
 * const { image } = new ImageDigest(this, "Image", { repository, tag: "latest", command: "groundwork images build lab" });
 */
export class ImageDigest extends Construct {
  /** Digest: `sha256:…`. */
  readonly digest: string;
  /** Complete name of the image: `<account>.dkr.ecr.<region>.amazonaws.com/<name>@sha256:…`. */
  readonly image: string;

  constructor(scope: Construct, id: string, props: ImageDigestProps) {
    super(scope, id);
    const { repository, tag } = props;
    if (!isToken(tag) && !TAG.test(tag))
      throw REG007.violation({ at: this, given: `tag "${tag}"`, fix: 'use a tag such as "1.0.0" or "latest"' });
    const image = new DataAwsEcrImage(this, "Resource", {
      repositoryName: repository.repositoryName,
      imageTag: tag,
    });
    this.node.defaultChild = image;
    this.explainMissing(image, props);
    this.digest = image.imageDigest;
    this.image = `${repository.repositoryUrl}@${image.imageDigest}`;
  }

  /**
   * The provider's error for a missing image is "couldn't find resource" and the address of the data source, so the address contains what
   * is missing. A data source cannot replace its error, and a precondition would also reject images that exist: the provider knows the
   * tags of the newest image only. A check with the complete sentence is a warning next to the error.
   */
  private explainMissing(image: DataAwsEcrImage, { repository, tag, command }: ImageDigestProps): void {
    const { repositoryName: name } = repository;
    if (isToken(name) || isToken(tag)) return;
    const from = command === undefined ? "" : `_from_${command}`;
    image.overrideLogicalId(identifier(`${name}_${tag}${from}_${hashOf(this.node.path)}`));
    const { fqn } = new DataAwsEcrRepository(this, "Repository", { name });
    const fix = command === undefined ? "push it" : `run npx ${command}`;
    TerraformStack.of(this).addOverride(`check.${identifier(`${name}_${hashOf(this.node.path)}`)}`, {
      assert: [
        {
          condition: `\${length(${fqn}.most_recent_image_tags) > 0}`,
          error_message: escapeTerraform(
            `repository ${name} has no image :${tag}, or its newest image has no tag; ${fix}`,
          ),
        },
      ],
    });
  }
}

/** A text as an identifier of Terraform. */
function identifier(text: string): string {
  return `${/^[a-z_]/i.test(text) ? "" : "_"}${text.replace(/[^\w-]+/g, "_")}`;
}
