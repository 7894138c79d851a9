import { checkedParameterName } from "../machine/parameter";

/**
 * Defines where the first password of `root` is found. The package makes it; nobody writes it down.
 *
 * @example RootPassword.inParameter("/production/gitlab/root-password")
 */
export class RootPassword {
  /** `/etc/gitlab/initial_root_password` on the server; the first configuration run after 24 hours removes it. */
  static inFile(): RootPassword {
    return new RootPassword(undefined);
  }

  /** A SecureString; the server writes it and removes the file. */
  static inParameter(name: string): RootPassword {
    return new RootPassword(checkedParameterName(name));
  }

  private constructor(readonly parameter: string | undefined) {}
}
