import { isSingleLine } from "../../core/quoting/characters";
import { isToken } from "../../core/token";
import { BOO004 } from "../rules";
import type { BootPart } from "./part";
import { isSshKeyType, type KeyProblem, sshKeyProblem } from "./ssh-public-key";

/** Returns a public key, or rejects the text without printing it: it may be a private key. */
export function checkedSshKey(key: string): string {
  const problem = isToken(key) ? lineProblem(key) : sshKeyProblem(key);
  if (problem !== undefined) throw BOO004.violation(problem);
  return key;
}

/** A key that is known only at apply, with text around it: the text must not add a second key. */
function lineProblem(key: string): KeyProblem | undefined {
  const [before = "", after = "", ...others] = key.split(/\$\{TfToken\[[\w.:-]+\]\}/);
  const isType = before === "" || (before.endsWith(" ") && isSshKeyType(before.slice(0, -1)));
  if (isType && /^( |$)/.test(after) && isSingleLine(after) && others.length === 0) return undefined;
  return {
    given: "a key that is known only at apply, with other text than a type before and a comment after it",
    fix: "give each key as a value of its own",
  };
}

/**
 * Defines the SSH keys of the image's default user.
 *
 * @example SshKeys.of("ssh-ed25519 AAAAC3Nza... operator")
 */
export class SshKeys implements BootPart {
  /** Public keys that may log in. */
  static of(...keys: readonly [string, ...string[]]): SshKeys {
    return new SshKeys({ sshKeys: keys.map(checkedSshKey) });
  }

  private constructor(
    /** Parts of the first-boot document that it adds. */
    readonly sections: BootPart["sections"],
  ) {}
}
