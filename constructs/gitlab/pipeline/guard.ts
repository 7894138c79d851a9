/**
 * Defines a command that fails unless the files to deploy exist. Use it in a script like any other command.
 *
 * @example script: ["npx gatsby build", Guard.file("public/index.html"), "aws s3 sync public s3://site --delete"]
 */
export class Guard {
  /** The file exists and is not empty. */
  static file(path: string): Guard {
    return new Guard(`test -s ${path}`);
  }

  /** A folder contains at least this number of files. */
  static files(folder: string, atLeast: number): Guard {
    return new Guard(`test "$(find ${folder} -type f | wc -l)" -ge ${atLeast}`);
  }

  /** A variable is set and not empty; otherwise a sync would have the target `s3://`. */
  static variable(name: string): Guard {
    return new Guard(`test -n "\${${name}:-}"`);
  }

  private constructor(readonly command: string) {}

  /** Whether a line of a script is a guard. */
  static isGuard(line: string | Guard): line is Guard {
    return typeof line !== "string";
  }
}
