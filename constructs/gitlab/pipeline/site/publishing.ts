import { shellExpression, shellOption, shellPath } from "../../../core/quoting/shell";

/**
 * Defines how the files of a built site are uploaded to its bucket.
 *
 * @example Publishing.mirror(); Publishing.immutable("static/*", "*.js", "*.css")
 */
export class Publishing {
  /** One sync: afterwards the bucket has the same files as the folder. Files have no `Cache-Control` header. */
  static mirror(): Publishing {
    return new Publishing([]);
  }

  /**
   * Files that match a pattern have names with a content hash; browsers cache them for a year. All other files are revalidated.
   * Three passes: new assets, then the pages that reference them, then the deletion of unreferenced files.
   */
  static immutable(...patterns: readonly [string, ...string[]]): Publishing {
    return new Publishing(patterns);
  }

  private constructor(private readonly patterns: readonly string[]) {}

  /** The commands, in order. */
  commands(folder: string, bucketName: string): readonly string[] {
    const target = shellExpression(`s3://${bucketName}`);
    const source = shellPath(folder);
    const mirror = `aws s3 sync ${source} ${target} --delete`;
    if (this.patterns.length === 0) return [mirror];
    const filters = (kind: "include" | "exclude") =>
      this.patterns.map((pattern) => shellOption(`--${kind}`, pattern)).join(" ");
    return [
      `aws s3 sync ${source} ${target} --exclude '*' ${filters("include")} --cache-control 'public,max-age=31536000,immutable'`,
      `aws s3 sync ${source} ${target} ${filters("exclude")} --cache-control 'public,max-age=0,must-revalidate'`,
      // With --size-only, because the first two passes have uploaded everything and this pass must only delete.
      `${mirror} --size-only`,
    ];
  }
}
