import type { BootPart, BootUser } from "./part";
import { BOO005 } from "../rules";
import { checkedSshKey } from "./ssh-keys";

/** Options of a user. */
export interface UserOptions {
  /** Further groups. @default - none */
  readonly groups?: readonly string[];
  /** Login shell. @default "/bin/bash" */
  readonly shell?: string;
  /** Whether the user has sudo rights for all commands without a password. @default false */
  readonly administrator?: boolean;
  /** Public keys that can log in as this user. @default - none: no SSH login */
  readonly sshKeys?: readonly string[];
}

/**
 * Defines a user of the machine, in addition to the image's default user. No user has a password.
 *
 * @example Users.of("deploy", { groups: ["docker"], sshKeys: ["ssh-ed25519 AAAA... deploy"] })
 */
export class Users implements BootPart {
  static of(name: string, options: UserOptions = {}): Users {
    if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(name))
      throw BOO005.violation({ given: `user "${name}"`, fix: "use up to 32 lower-case letters, digits, - and _" });
    const { groups = [], shell = "/bin/bash", administrator = false, sshKeys = [] } = options;
    return new Users({ name, groups, shell, administrator, sshKeys: sshKeys.map(checkedSshKey) });
  }

  readonly sections: BootPart["sections"];

  private constructor(user: BootUser) {
    this.sections = { users: [user] };
  }
}
