/** A file to be written before anything runs. */
export interface BootFile {
  readonly path: string;
  readonly text: string;
  /** Octal, for example `0644`. */
  readonly mode: string;
  /** User and group, for example `root:root`. */
  readonly owner: string;
  /** Whether it is written last, after packages and users are there. */
  readonly deferred: boolean;
}

/** A user of the machine. */
export interface BootUser {
  readonly name: string;
  readonly groups: readonly string[];
  readonly shell: string;
  /** Whether the user may do everything without a password. */
  readonly administrator: boolean;
  readonly sshKeys: readonly string[];
}

/** One step of the first boot. */
export interface BootStep {
  readonly name: string;
  /** Text of a bash script. */
  readonly script: string;
}

/** Everything a first boot consists of. */
export interface Sections {
  readonly packages: readonly string[];
  readonly files: readonly BootFile[];
  readonly users: readonly BootUser[];
  /** Keys of the image's own user. */
  readonly sshKeys: readonly string[];
  readonly steps: readonly BootStep[];
  /** Units that are started at every boot. */
  readonly units: readonly string[];
}

/** A part of a first boot: what `CloudInit.with` takes. */
export interface BootPart {
  readonly sections: Partial<Sections>;
}
