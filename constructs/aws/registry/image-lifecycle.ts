import { Duration } from "../../core/duration";
import { REG001 } from "./rules";

/** Expiration of images. */
export interface ImageLifecycleProps {
  /** Number of images to keep, 1 to 100000; the oldest expire first, tagged or not. @default 100 */
  readonly images?: number;
  /** Age at which untagged images expire, in whole days since the push. @default - 7 days */
  readonly untagged?: Duration;
}

/**
 * Defines which images of a repository expire.
 *
 * ECR evaluates the policy about once a day and does not consider usage: an image that is still running can expire.
 *
 * @example ImageLifecycle.keep({ images: 30, untagged: Duration.days(3) })
 */
export class ImageLifecycle {
  /** Keeps the newest images, and untagged ones for a limited time. */
  static keep(props: ImageLifecycleProps = {}): ImageLifecycle {
    return new ImageLifecycle(props.images ?? 100, props.untagged ?? Duration.days(7));
  }

  private constructor(
    private readonly images: number,
    private readonly untagged: Duration,
  ) {
    if (!Number.isInteger(images) || images < 1 || images > 100_000 || untagged.toSeconds() % 86_400 !== 0)
      throw REG001.violation({
        given: `${images} images, untagged ones for ${untagged.toString()}`,
        fix: "keep 1 to 100000 images, and use Duration.days() for the age",
      });
  }

  /** The policy document. Rules with lower numbers take precedence, so the rule for all images is last. */
  toJson(): string {
    return JSON.stringify({
      rules: [
        {
          rulePriority: 1,
          description: "images without a tag",
          selection: {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: this.untagged.toDays(),
          },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "all but the newest images",
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: this.images },
          action: { type: "expire" },
        },
      ],
    });
  }
}
