import { shellPath, shellVariable } from "../../core/quoting/shell";
import { PIP016 } from "../rules";

/**
 * Defines a command that fails unless the files to deploy exist. Use it in a script like any other command.
 *
 * Paths may contain references to variables, `$NAME` or `${NAME}`; every other character stays as it is.
 *
 * @example script: ["npx gatsby build", Guard.file("public/index.html"), "aws s3 sync public s3://site --delete"]
 */
export class Guard {
  /** The file exists and is not empty. */
  static file(path: string): Guard {
    return new Guard(`test -s ${shellPath(checked("path", path))}`);
  }

  /** A folder contains at least this number of files. */
  static files(folder: string, atLeast: number): Guard {
    if (!Number.isInteger(atLeast) || atLeast < 1)
      throw PIP016.violation({ at: "Guard.files", given: `${atLeast} files`, fix: "use a whole number above zero" });
    return new Guard(`test "$(find ${shellPath(checked("folder", folder))} -type f | wc -l)" -ge ${atLeast}`);
  }

  /** A variable is set and not empty; otherwise a sync would have the target `s3://`. */
  static variable(name: string): Guard {
    // The reference is checked; the guard itself must not fail for a variable that is not set.
    shellVariable(name);
    return new Guard(`test -n "\${${name}:-}"`);
  }

  private constructor(
    /** Command that fails when the condition is not met. */
    readonly command: string,
  ) {}

  /** Whether a line of a script is a guard. */
  static isGuard(line: string | Guard): line is Guard {
    return typeof line !== "string";
  }
}

function checked(subject: string, path: string): string {
  if (path !== "") return path;
  throw PIP016.violation({ at: "Guard", given: `an empty ${subject}`, fix: "name the files that the job deploys" });
}
