import { gzipSync } from "node:zlib";
import { Document } from "yaml";
import type { BootFile, BootUser, Sections } from "./part";
import { holdsToken } from "./terraform-text";

/** How a cloud-config is written. */
export interface RenderProps {
  readonly packed: boolean;
  /** Whether there are steps to start. */
  readonly starts: boolean;
}

/** Below this, packing makes a text longer. */
const WORTH_PACKING = 200;

/** The text of a cloud-config, in the order in which cloud-init works it off. */
export function renderCloudConfig(sections: Sections, { packed, starts }: RenderProps): string {
  const { packages, files, users, sshKeys, units } = sections;
  const document = new Document(
    nonEmpty({
      ssh_authorized_keys: sshKeys,
      // The image's own user first: a list without it would leave the machine without that user.
      users: users.length === 0 ? [] : ["default", ...users.map(user)],
      write_files: files.map((file) => writeFile(file, packed)),
      ...(packages.length === 0 ? {} : { package_update: true, packages }),
      runcmd: [
        ...(units.length === 0 && !starts ? [] : [["systemctl", "daemon-reload"]]),
        ...units.map((unit) => ["systemctl", "enable", "--now", unit]),
        // Not waited for: cloud-init itself ends, whatever the steps wait for.
        ...(starts ? [["systemctl", "start", "--no-block", "groundwork-first-boot.service"]] : []),
      ],
    }),
    { aliasDuplicateObjects: false },
  );
  return `#cloud-config\n${document.toString({ lineWidth: 0 })}`;
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
  packed: boolean,
): Readonly<Record<string, unknown>> {
  const pack = packed && text.length > WORTH_PACKING && !holdsToken(text);
  const short = packed ? withoutComments(text) : text;
  return {
    path,
    ...(owner === "root:root" ? {} : { owner }),
    permissions: mode,
    ...(deferred ? { defer: true } : {}),
    ...(pack ? { encoding: "gz+b64", content: gzipped(short) } : { content: short }),
  };
}

/**
 * A script of the shell without the lines that are comments, but for the first, which says what it is: a fifth of it, where room is
 * short. One that holds another document is left as it is: there such a line may mean something.
 */
function withoutComments(text: string): string {
  if (!/^#!.*\b(ba)?sh\n/.test(text) || /<<-?\s*['"\\]?\w/.test(text)) return text;
  return text.replace(/(?<=\n.*\n)[ \t]*#.*\n/g, "");
}

/** The same on every machine: the header says neither when nor on which system it was made. */
function gzipped(text: string): string {
  const bytes = gzipSync(text, { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes.toString("base64");
}

function nonEmpty(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
}
