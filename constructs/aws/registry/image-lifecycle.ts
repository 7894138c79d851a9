import { Duration } from "../../core/duration";
import { REG001 } from "./rules";

/** What leaves a repository by itself. */
export interface ImageLifecycleProps {
  /** How many images are kept; the oldest go first, tagged or not. @default 100 */
  readonly images?: number;
  /** How long an image stays after its last tag has moved away. @default - a week */
  readonly untagged?: Duration;
}

/**
 * Defines which images a repository drops by itself.
 *
 * ECR looks once a day, and keeps no image out of consideration: an image that is still running can be the oldest.
 *
 * @example ImageLifecycle.keep({ images: 30, untagged: Duration.days(3) })
 */
export class ImageLifecycle {
  /** Only the newest images stay, and those without a tag for a while. */
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
        fix: "keep 1 to 100000 images, and give the time by Duration.days()",
      });
  }

  /** The policy as ECR reads it. Rules with lower numbers win, so the one for everything comes last. */
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
