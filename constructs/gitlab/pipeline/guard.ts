/**
 * Defines a command that fails unless there is something worth deploying. Stands in a script like any other command.
 *
 * @example script: ["npx gatsby build", Guard.file("public/index.html"), "aws s3 sync public s3://site --delete"]
 */
export class Guard {
  /** The file exists and is not empty. */
  static file(path: string): Guard {
    return new Guard(`test -s ${path}`);
  }

  /** A folder holds at least so many files. */
  static files(folder: string, atLeast: number): Guard {
    return new Guard(`test "$(find ${folder} -type f | wc -l)" -ge ${atLeast}`);
  }

  /** A variable is set and not empty; a sync to `s3://` alone would go nowhere anybody meant. */
  static variable(name: string): Guard {
    return new Guard(`test -n "\${${name}:-}"`);
  }

  private constructor(readonly command: string) {}

  /** Whether a line of a script is such a command. */
  static isGuard(line: string | Guard): line is Guard {
    return typeof line !== "string";
  }
}
