import type { BootPart } from "./part";
import { BOO004 } from "../rules";

const PUBLIC_KEY =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) AAAA[A-Za-z0-9+/]+={0,3}( [^\n]*)?$/;

/** Returns a public key, or rejects the text without printing it: it may be a private key. */
export function checkedSshKey(key: string): string {
  if (!key.includes("${TfToken[") && !PUBLIC_KEY.test(key))
    throw BOO004.violation({
      given: `a key of ${key.length} characters`,
      fix: "use the line of a .pub file, such as ssh-ed25519 AAAA... name",
    });
  return key;
}

/**
 * Defines the SSH keys of the image's default user.
 *
 * @example SshKeys.of("ssh-ed25519 AAAAC3Nza... operator")
 */
export class SshKeys implements BootPart {
  static of(...keys: readonly [string, ...string[]]): SshKeys {
    return new SshKeys({ sshKeys: keys.map(checkedSshKey) });
  }

  private constructor(readonly sections: BootPart["sections"]) {}
}
