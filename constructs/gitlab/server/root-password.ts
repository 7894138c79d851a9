import { checkedParameterName } from "../machine/parameter";

/**
 * Defines where the initial password of `root` is stored. The package generates it.
 *
 * @example RootPassword.inParameter("/production/gitlab/root-password")
 */
export class RootPassword {
  /** In `/etc/gitlab/initial_root_password` on the server; the first `gitlab-ctl reconfigure` after 24 hours removes it. */
  static inFile(): RootPassword {
    return new RootPassword(undefined);
  }

  /** In a SecureString of SSM, by its name; the server writes it and removes the file. */
  static inParameter(name: string): RootPassword {
    return new RootPassword(checkedParameterName(name));
  }

  private constructor(
    /** Name of the SecureString with the password; undefined for a generated one. */
    readonly parameter: string | undefined,
  ) {}
}
