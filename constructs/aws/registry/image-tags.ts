import { REG002 } from "./rules";

const PATTERN = /^(?!\*+$)(?!(?:[^*]*\*){3})[\w.*-]{1,128}$/;

/**
 * Defines whether a tag can be given to another image later.
 *
 * @example ImageTags.immutable(); ImageTags.mutable(); ImageTags.immutableExcept("latest")
 */
export class ImageTags {
  /** A tag stays with its image: what was tested is what runs. */
  static immutable(): ImageTags {
    return new ImageTags("IMMUTABLE", []);
  }

  /** Tags move, as `latest` does. Nobody can tell from a tag which image runs. */
  static mutable(): ImageTags {
    return new ImageTags("MUTABLE", []);
  }

  /**
   * Only tags that match a pattern move. Needs AWS provider 6.8 or newer: call
   * `AwsProviderVersion.require(stack, ">= 6.8.0, < 7.0.0")`.
   */
  static immutableExcept(...patterns: readonly [string, ...string[]]): ImageTags {
    const wrong = patterns.filter((pattern) => !PATTERN.test(pattern));
    if (wrong.length > 0 || patterns.length > 5)
      throw REG002.violation({
        given: wrong.length > 0 ? `pattern "${wrong.join('", "')}"` : `${patterns.length} patterns`,
        fix: 'name what moves, for example "latest" or "dev-*", or say ImageTags.mutable()',
      });
    return new ImageTags("IMMUTABLE_WITH_EXCLUSION", patterns);
  }

  private constructor(
    /** As ECR calls it. */
    readonly mutability: "IMMUTABLE" | "MUTABLE" | "IMMUTABLE_WITH_EXCLUSION",
    /** Tags that move all the same. */
    readonly exceptions: readonly string[],
  ) {}

  /** Whether a tag, such as `latest`, can be pushed a second time. */
  canMove(tag: string): boolean {
    if (this.mutability !== "IMMUTABLE_WITH_EXCLUSION") return this.mutability === "MUTABLE";
    return this.exceptions.some((pattern) => new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(tag));
  }
}

function escaped(text: string): string {
  return text.replace(/[.-]/g, "\\$&");
}
