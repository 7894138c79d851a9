/** A file that is written before the first step runs. */
export interface BootFile {
  /** Absolute path. */
  readonly path: string;
  /** Content of the file. */
  readonly text: string;
  /** File mode in octal digits, for example `0644`. */
  readonly mode: string;
  /** Owning user and group, for example `root:root`. */
  readonly owner: string;
  /** Whether the file is written last, after packages are installed and users exist. */
  readonly deferred: boolean;
}

/** A user account of the machine. */
export interface BootUser {
  /** Login name. */
  readonly name: string;
  /** Groups of the user. */
  readonly groups: readonly string[];
  /** Login shell. */
  readonly shell: string;
  /** Whether the user has sudo rights for all commands without a password. */
  readonly administrator: boolean;
  /** Public keys that may log in. */
  readonly sshKeys: readonly string[];
}

/** A step of the first boot. */
export interface BootStep {
  /** Name of the step, unique on the machine. */
  readonly name: string;
  /** Text of a bash script. */
  readonly script: string;
}

/** All parts of a first boot, by kind. */
export interface Sections {
  /** Packages to install. */
  readonly packages: readonly string[];
  /** Files to write. */
  readonly files: readonly BootFile[];
  /** Users to create. */
  readonly users: readonly BootUser[];
  /** Public keys of the image's default user. */
  readonly sshKeys: readonly string[];
  /** Programs to run, in order. */
  readonly steps: readonly BootStep[];
  /** Units that start at every boot. */
  readonly units: readonly string[];
}

/** A part of a first boot, for `CloudInit.with`. */
export interface BootPart {
  /** Parts of the first-boot document that it adds. */
  readonly sections: Partial<Sections>;
}

/** Combines boot parts into one, in their order. */
export function mergeSections(parts: readonly BootPart[]): Sections {
  return {
    packages: parts.flatMap(({ sections }) => sections.packages ?? []),
    files: parts.flatMap(({ sections }) => sections.files ?? []),
    users: parts.flatMap(({ sections }) => sections.users ?? []),
    sshKeys: parts.flatMap(({ sections }) => sections.sshKeys ?? []),
    steps: parts.flatMap(({ sections }) => sections.steps ?? []),
    units: parts.flatMap(({ sections }) => sections.units ?? []),
  };
}
