import type { BootFile, BootPart } from "./part";
import { BOO002, BOO008 } from "../rules";

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
    if (!/^\/(?!tmp\/)[\w@%+=:,./-]+[^/]$/.test(path) || path.includes("/../"))
      throw BOO002.violation({ given: `path "${path}"`, fix: "use an absolute path outside /tmp" });
    if (!/^[0-7]{3,4}$/.test(mode))
      throw BOO002.violation({ given: `mode "${mode}" of ${path}`, fix: 'use octal digits such as "0640"' });
    return new Files({ path, text, mode, owner, deferred });
  }

  /** A program: a file that every user can execute. */
  static program(path: string, text: string): Files {
    return Files.text(path, text, { mode: "0755" });
  }

  /** Environment variables in the format that shells and systemd units share. Use it for values known only at apply. */
  static settings(path: string, settings: Readonly<Record<string, string>>, options: FileOptions = {}): Files {
    const lines = Object.entries(settings).map(([name, value]) => {
      if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || /['"\\\n`]/.test(value))
        throw BOO008.violation({
          at: path,
          given: `setting ${name}`,
          fix: "use capitals, digits and underscores in the name, and no quotes, backslashes or line breaks in the value",
        });
      return `${name}='${value}'\n`;
    });
    return Files.text(path, lines.join(""), options);
  }

  readonly sections: BootPart["sections"];

  private constructor(readonly file: BootFile) {
    this.sections = { files: [file] };
  }
}
