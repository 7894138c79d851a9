// npm run key-pair -- <name> [file] [--without-passphrase]: makes a pair of keys on this machine and prints its public half.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fail, ROOT } from "./run.mjs";

/**
 * Makes a pair of keys whose private half is written once, to a file that only its owner reads, and nowhere else.
 *
 * A pair that a cloud makes for Terraform lies in Terraform's state, private half and all; one in the repository lies in every
 * clone. So the file must be outside of both, and one that exists is never written over: it may be somebody's only key.
 */
function makeKeyPair({ name, file, withoutPassphrase }) {
  if (!/^[A-Za-z0-9-]{1,32}$/.test(name ?? ""))
    throw new Error(
      "usage: npm run key-pair -- <name of at most 32 letters, digits and hyphens> [file] [--without-passphrase]",
    );
  const path = resolve(file ?? join(homedir(), ".ssh", name));
  refuseRepository(path, dirname(path), ROOT);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Once more, for links that lead back.
  refuseRepository(path, realpathSync(dirname(path)), realpathSync(ROOT));
  if (existsSync(path) || existsSync(`${path}.pub`))
    throw new Error(`${path} exists; choose another file, or use its .pub`);
  const secret = withoutPassphrase ? ["-N", ""] : [];
  const { status, error } = spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-C", name, "-f", path, ...secret], {
    stdio: "inherit",
  });
  if (error !== undefined)
    throw new Error("ssh-keygen is missing: without it no pair can be made; install OpenSSH's client.");
  if (status !== 0) throw new Error(`ssh-keygen ended with ${status}`);
  return { path, publicKey: readFileSync(`${path}.pub`, "utf8").trim() };
}

function refuseRepository(path, directory, root) {
  const place = relative(root, directory);
  if (place === "" || !/^\.\.(\/|\\|$)/.test(place))
    throw new Error(`${path} is in the repository; name a file outside of it`);
}

try {
  const words = process.argv.slice(2);
  const [name, file] = words.filter((word) => !word.startsWith("--"));
  const { path, publicKey } = makeKeyPair({ name, file, withoutPassphrase: words.includes("--without-passphrase") });
  console.log(
    `private half: ${path} (keep it; there is no second copy)\npublic half, for the environment file:\n${publicKey}`,
  );
} catch (error) {
  fail(error);
}
