import { environmentLine, isEnvironmentName, isEnvironmentValue } from "../../core/quoting/environment-file";
import { literalOf } from "../../core/token";
import { BOO002, BOO008 } from "../rules";
import type { BootFile, BootPart } from "./part";

/** An absolute path of plain characters, whose last character is not a slash. */
const PATH = /^\/[\w@%+=:,./-]*[\w@%+=:,-]$/;

/** A user, or a user and a group. */
const OWNER = /^[a-z_][a-z0-9_-]{0,31}(:[a-z_][a-z0-9_-]{0,31})?$/;

/** Options of a file. */
export interface FileOptions {
  /** File mode in octal digits. @default "0644" */
  readonly mode?: string;
  /** Owning user and group. @default "root:root" */
  readonly owner?: string;
  /** Whether the file is written last, after packages are installed and users exist. @default false */
  readonly deferred?: boolean;
}

/**
 * Defines a file on the machine.
 *
 * @example Files.text("/etc/motd", "hello\n"); Files.settings("/etc/groundwork/site.env", { BUCKET: bucket.bucketName })
 */
export class Files implements BootPart {
  /** A text file. */
  static text(path: string, text: string, options: FileOptions = {}): Files {
    const { mode = "0644", owner = "root:root", deferred = false } = options;
    if (!isPath(path))
      throw BOO002.violation({
        given: `path ${JSON.stringify(path.slice(0, 100))}`,
        fix: 'use an absolute path outside /tmp, without empty parts, "." and ".."',
      });
    if (!/^[0-7]{3,4}$/.test(mode))
      throw BOO002.violation({ given: `mode "${mode}" of ${path}`, fix: 'use octal digits such as "0640"' });
    if (!OWNER.test(owner))
      throw BOO002.violation({
        given: `owner ${JSON.stringify(owner.slice(0, 100))} of ${path}`,
        fix: "use user:group",
      });
    return new Files({ path, text, mode, owner, deferred });
  }

  /** A program: a file that every user can execute. */
  static program(path: string, text: string): Files {
    return Files.text(path, text, { mode: "0755" });
  }

  /** Environment variables in the format that shells and systemd units share. Use it for values known only at apply. */
  static settings(path: string, settings: Readonly<Record<string, string>>, options: FileOptions = {}): Files {
    const lines = Object.entries(settings).map(([name, value]) => {
      if (!isEnvironmentName(name) || !isEnvironmentValue(literalOf(value)))
        throw BOO008.violation({
          at: path,
          given: `setting ${JSON.stringify(name.slice(0, 60))}`,
          fix: "use capitals, digits and underscores in the name, and no quotes, backslashes, line breaks or other control characters in the value",
        });
      return environmentLine(name, value);
    });
    return Files.text(path, lines.join(""), options);
  }

  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor(
    /** A file of a first-boot document. */
    readonly file: BootFile,
  ) {
    this.sections = { files: [file] };
  }
}

function isPath(path: string): boolean {
  const parts = path.split("/").slice(1);
  return PATH.test(path) && parts[0] !== "tmp" && !parts.some((part) => part === "" || part === "." || part === "..");
}
