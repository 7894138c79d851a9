import { matchesWildcard } from "../../core/wildcard";
import { REG002 } from "./rules";

const PATTERN = /^(?!\*+$)(?!(?:[^*]*\*){3})[\w.*-]{1,128}$/;

/**
 * Defines whether a tag can move to another image.
 *
 * @example ImageTags.immutable(); ImageTags.mutable(); ImageTags.immutableExcept("latest")
 */
export class ImageTags {
  /** Tags never move: the tested image is the image that runs. */
  static immutable(): ImageTags {
    return new ImageTags("IMMUTABLE", []);
  }

  /** Tags can move, as `latest` does. A tag does not identify an image. */
  static mutable(): ImageTags {
    return new ImageTags("MUTABLE", []);
  }

  /**
   * Only tags that match a pattern can move. Requires AWS provider 6.8 or newer: call
   * `AwsProviderVersion.require(stack, ">= 6.8.0, < 7.0.0")`.
   */
  static immutableExcept(...patterns: readonly [string, ...string[]]): ImageTags {
    const wrong = patterns.filter((pattern) => !PATTERN.test(pattern));
    if (wrong.length > 0 || patterns.length > 5)
      throw REG002.violation({
        given: wrong.length > 0 ? `pattern "${wrong.join('", "')}"` : `${patterns.length} patterns`,
        fix: 'use one to five patterns such as "latest" or "dev-*", or ImageTags.mutable()',
      });
    return new ImageTags("IMMUTABLE_WITH_EXCLUSION", patterns);
  }

  private constructor(
    /** Value of the ECR API. */
    readonly mutability: "IMMUTABLE" | "MUTABLE" | "IMMUTABLE_WITH_EXCLUSION",
    /** Patterns of tags that can move. */
    readonly exceptions: readonly string[],
  ) {}

  /** Whether a tag, such as `latest`, can be pushed a second time. */
  canMove(tag: string): boolean {
    if (this.mutability !== "IMMUTABLE_WITH_EXCLUSION") return this.mutability === "MUTABLE";
    return this.exceptions.some((pattern) => matchesWildcard(pattern, tag));
  }
}
