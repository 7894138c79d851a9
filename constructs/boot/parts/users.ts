import type { BootPart, BootUser } from "./part";
import { BOO005 } from "../rules";
import { checkedSshKey } from "./ssh-keys";

/** Name of a user or a group. Source: `NAME_REGEX` of adduser in Debian. */
const NAME = /^[a-z_][a-z0-9_-]{0,31}$/;

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
  /** Users to create. */
  static of(name: string, options: UserOptions = {}): Users {
    if (!NAME.test(name))
      throw BOO005.violation({
        given: `user ${JSON.stringify(name)}`,
        fix: "use up to 32 lower-case letters, digits, - and _",
      });
    const { groups = [], shell = "/bin/bash", administrator = false, sshKeys = [] } = options;
    for (const group of groups) if (!NAME.test(group)) throw invalid(name, `group ${JSON.stringify(group)}`);
    if (!/^(\/[\w.-]+)+$/.test(shell)) throw invalid(name, `shell ${JSON.stringify(shell)}`);
    return new Users({ name, groups, shell, administrator, sshKeys: sshKeys.map(checkedSshKey) });
  }

  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor(user: BootUser) {
    this.sections = { users: [user] };
  }
}

function invalid(name: string, given: string): Error {
  return BOO005.violation({
    at: `user ${name}`,
    given,
    fix: "use names of groups and the absolute path of a shell, such as /bin/bash",
  });
}
