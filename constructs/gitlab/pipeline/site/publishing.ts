/**
 * Defines how the files of a built site reach its bucket.
 *
 * @example Publishing.mirror(); Publishing.immutable("static/*", "*.js", "*.css")
 */
export class Publishing {
  /** One sync: afterwards the bucket holds what the folder holds. Browsers decide by themselves how long they keep a file. */
  static mirror(): Publishing {
    return new Publishing([]);
  }

  /**
   * Files whose names change with their content are kept by browsers for a year, everything else is asked for each time.
   * Three passes: new assets, then the pages that name them, and only then what nothing names any more.
   */
  static immutable(...patterns: readonly [string, ...string[]]): Publishing {
    return new Publishing(patterns);
  }

  private constructor(private readonly patterns: readonly string[]) {}

  /** The commands, in order. */
  commands(folder: string, bucketName: string): readonly string[] {
    const target = `s3://${bucketName}`;
    const mirror = `aws s3 sync ${folder} ${target} --delete`;
    if (this.patterns.length === 0) return [mirror];
    const filters = (kind: "include" | "exclude") => this.patterns.map((one) => `--${kind} '${one}'`).join(" ");
    return [
      `aws s3 sync ${folder} ${target} --exclude '*' ${filters("include")} --cache-control 'public,max-age=31536000,immutable'`,
      `aws s3 sync ${folder} ${target} ${filters("exclude")} --cache-control 'public,max-age=0,must-revalidate'`,
      // By size alone: the first two passes have uploaded everything, this one is only to delete.
      `${mirror} --size-only`,
    ];
  }
}
