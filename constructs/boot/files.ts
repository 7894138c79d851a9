import type { BootFile, BootPart } from "./part";
import { BOO002, BOO008 } from "./rules";

/** What a file can say beyond its path and text. */
export interface FileOptions {
  /** Octal. @default "0644" */
  readonly mode?: string;
  /** User and group. @default "root:root" */
  readonly owner?: string;
  /** Whether it is written last, after packages and users are there. @default false */
  readonly deferred?: boolean;
}

/**
 * Defines a file of the machine.
 *
 * @example Files.text("/etc/motd", "hello\n"); Files.settings("/etc/groundwork/site.env", { BUCKET: bucket.bucketName })
 */
export class Files implements BootPart {
  /** A file with a text. */
  static text(path: string, text: string, options: FileOptions = {}): Files {
    const { mode = "0644", owner = "root:root", deferred = false } = options;
    if (!/^\/(?!tmp\/)[\w@%+=:,./-]+[^/]$/.test(path) || path.includes("/../"))
      throw BOO002.violation({ given: `path "${path}"`, fix: "write an absolute path outside of /tmp" });
    if (!/^[0-7]{3,4}$/.test(mode))
      throw BOO002.violation({ given: `mode "${mode}" of ${path}`, fix: 'write octal digits such as "0640"' });
    return new Files({ path, text, mode, owner, deferred });
  }

  /** A program: a script that may be run by everybody. */
  static program(path: string, text: string): Files {
    return Files.text(path, text, { mode: "0755" });
  }

  /** Names and values, as both a shell and a systemd unit read them. What Terraform alone knows belongs here. */
  static settings(path: string, settings: Readonly<Record<string, string>>, options: FileOptions = {}): Files {
    const lines = Object.entries(settings).map(([name, value]) => {
      if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || /['"\\\n`]/.test(value))
        throw BOO008.violation({
          at: path,
          given: `setting ${name}`,
          fix: "name it in capitals, digits and underscores; keep quotes and line breaks out of its value",
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
