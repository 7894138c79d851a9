import { gzipSync } from "node:zlib";
import { Document, Scalar, visit } from "yaml";
import { escapeYaml, hasYamlSpecials } from "../core/quoting/yaml";
import { memoized } from "./memoized";
import type { BootFile, BootUser, Sections } from "./parts/part";
import { holdsToken } from "./terraform-text";

/** How a cloud-config is rendered. */
export interface RenderProps {
  readonly compressed: boolean;
  /** Whether the unit that runs the steps is started. */
  readonly startsSteps: boolean;
}

/** Below this number of characters, compression makes a text longer. */
const MIN_COMPRESSED_LENGTH = 200;

/** The text of a cloud-config, in the order in which cloud-init processes it. */
export function renderCloudConfig(sections: Sections, { compressed, startsSteps }: RenderProps): string {
  const { packages, files, users, sshKeys, units } = sections;
  const document = new Document(
    nonEmpty({
      ssh_authorized_keys: sshKeys,
      // The image's default user must be listed, or cloud-init does not create it.
      users: users.length === 0 ? [] : ["default", ...users.map(user)],
      write_files: files.map((file) => writeFile(file, compressed)),
      ...(packages.length === 0 ? {} : { package_update: true, packages }),
      runcmd: [
        ...(units.length === 0 && !startsSteps ? [] : [["systemctl", "daemon-reload"]]),
        ...units.map((unit) => ["systemctl", "enable", "--now", unit]),
        // --no-block: cloud-init does not wait for the steps, which may wait for other machines.
        ...(startsSteps ? [["systemctl", "start", "--no-block", "groundwork-first-boot.service"]] : []),
      ],
    }),
    { aliasDuplicateObjects: false },
  );
  return `#cloud-config\n${toYaml(document)}`;
}

/** The text of a document, in which every text with special characters is quoted and these are escaped. */
function toYaml(document: Document): string {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && hasYamlSpecials(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escapeYaml(document.toString({ lineWidth: 0 }));
}

function user({ name, groups, shell, administrator, sshKeys }: BootUser): Readonly<Record<string, unknown>> {
  return {
    name,
    shell,
    lock_passwd: true,
    ...nonEmpty({ groups, ssh_authorized_keys: sshKeys }),
    ...(administrator ? { sudo: "ALL=(ALL) NOPASSWD:ALL" } : {}),
  };
}

function writeFile(
  { path, text, mode, owner, deferred }: BootFile,
  compressed: boolean,
): Readonly<Record<string, unknown>> {
  const compress = compressed && text.length > MIN_COMPRESSED_LENGTH && !holdsToken(text);
  const written = compressed ? withoutComments(text) : text;
  return {
    path,
    ...(owner === "root:root" ? {} : { owner }),
    permissions: mode,
    ...(deferred ? { defer: true } : {}),
    ...(compress ? { encoding: "gz+b64", content: gzipped(written) } : { content: written }),
  };
}

/**
 * A script without its comment lines except the first of a shell script, which describes it. Comments are about a fifth of a script.
 * A line that begins with # may be content of a here-document or of a multi-line string: scripts with here-documents are left
 * unchanged, and so are the strings of Python.
 */
function withoutComments(text: string): string {
  const comment = /(?<=\n.*\n)[ \t]*#.*\n/g;
  if (/^#!.*\b(ba)?sh\n/.test(text)) return /<<-?\s*['"\\]?\w/.test(text) ? text : text.replace(comment, "");
  if (!/^#!.*\bpython3?\n/.test(text)) return text;
  const [code = "", ...rest] = text.split('"""');
  return [code, ...rest.map((part, index) => (index % 2 === 0 ? part : part.replace(comment, "")))].join('"""');
}

/** Reproducible gzip: modification time and operating system are removed from the header. */
const gzipped = memoized((text) => {
  const bytes = gzipSync(text, { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes.toString("base64");
});

function nonEmpty(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
}
