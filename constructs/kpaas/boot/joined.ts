import type { BootPart, Sections } from "../../boot/part";

/** Several parts of a first boot as one, in their order. */
export function joined(...parts: readonly BootPart[]): Sections {
  return {
    packages: parts.flatMap(({ sections }) => sections.packages ?? []),
    files: parts.flatMap(({ sections }) => sections.files ?? []),
    users: parts.flatMap(({ sections }) => sections.users ?? []),
    sshKeys: parts.flatMap(({ sections }) => sections.sshKeys ?? []),
    steps: parts.flatMap(({ sections }) => sections.steps ?? []),
    units: parts.flatMap(({ sections }) => sections.units ?? []),
  };
}
