// @ts-check
// npm run key-pair -- <name> [file] [--without-passphrase]: creates an SSH key pair on this machine and prints its public key.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fail, ROOT } from "./run.mjs";

/**
 * Creates a key pair. The private key is written once, to a file that only its owner can read.
 *
 * A key pair that a cloud creates for Terraform is stored in Terraform's state including the private key; a file in the repository is
 * copied to every clone. So the file must be outside the repository. An existing file is never overwritten, since it may be the only
 * copy of a key.
 *
 * @param {{ name: string | undefined, file: string | undefined, withoutPassphrase: boolean }} options
 */
function createKeyPair({ name, file, withoutPassphrase }) {
  if (name === undefined || !/^[A-Za-z0-9-]{1,32}$/.test(name))
    throw new Error(
      "usage: npm run key-pair -- <name of at most 32 letters, digits and hyphens> [file] [--without-passphrase]",
    );
  const path = resolve(file ?? join(homedir(), ".ssh", name));
  rejectRepository(path, dirname(path), ROOT);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Again with resolved links, which may point into the repository.
  rejectRepository(path, realpathSync(dirname(path)), realpathSync(ROOT));
  if (existsSync(path) || existsSync(`${path}.pub`))
    throw new Error(`${path} exists; choose another file, or use its .pub`);
  const passphrase = withoutPassphrase ? ["-N", ""] : [];
  const { status, error } = spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-C", name, "-f", path, ...passphrase], {
    stdio: "inherit",
  });
  if (error !== undefined) throw new Error("ssh-keygen is missing; install the OpenSSH client");
  if (status !== 0) throw new Error(`ssh-keygen ended with ${status}`);
  return { path, publicKey: readFileSync(`${path}.pub`, "utf8").trim() };
}

/**
 * @param {string} path
 * @param {string} directory
 * @param {string} root
 */
function rejectRepository(path, directory, root) {
  const fromRoot = relative(root, directory);
  if (fromRoot === "" || !/^\.\.(\/|\\|$)/.test(fromRoot))
    throw new Error(`${path} is in the repository; choose a file outside of it`);
}

try {
  const args = process.argv.slice(2);
  const [name, file] = args.filter((arg) => !arg.startsWith("--"));
  const { path, publicKey } = createKeyPair({ name, file, withoutPassphrase: args.includes("--without-passphrase") });
  console.log(
    `private key: ${path} (keep it; there is no second copy)\npublic key, for the environment file:\n${publicKey}`,
  );
} catch (error) {
  fail(error);
}
