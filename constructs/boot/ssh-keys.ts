import type { BootPart } from "./part";
import { BOO004 } from "./rules";

const PUBLIC_KEY =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) AAAA[A-Za-z0-9+/]+={0,3}( [^\n]*)?$/;

/** Refuses what is no public key. The text is not repeated: it may be a private one. */
export function checkedSshKey(key: string): string {
  if (!key.includes("${TfToken[") && !PUBLIC_KEY.test(key))
    throw BOO004.violation({
      given: `a key of ${key.length} characters`,
      fix: "give one line of a .pub file, such as ssh-ed25519 AAAA... name",
    });
  return key;
}

/**
 * Defines who may log in as the image's own user.
 *
 * @example SshKeys.of("ssh-ed25519 AAAAC3Nza... operator")
 */
export class SshKeys implements BootPart {
  static of(...keys: readonly [string, ...string[]]): SshKeys {
    return new SshKeys({ sshKeys: keys.map(checkedSshKey) });
  }

  private constructor(readonly sections: BootPart["sections"]) {}
}
