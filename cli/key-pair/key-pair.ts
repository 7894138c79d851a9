import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { findUpwards } from "@groundwork/tooling/paths";
import { runInTerminal } from "../nhn/run-in-terminal";
import type { Io } from "../program/io";

/** Options of `groundwork key-pair`. */
export interface KeyPairOptions {
  readonly withoutPassphrase?: boolean;
}

/**
 * Runs `groundwork key-pair`: creates a key pair. The private key is written once, to a file that only its owner can read.
 *
 * A key pair that a cloud creates for Terraform is stored in Terraform's state including the private key; a file in a project is
 * copied to every clone. So the file must be outside the project. An existing file is never overwritten, since it may be the only
 * copy of a key. Returns the exit code.
 */
export async function keyPairCommand(
  name: string,
  file: string | undefined,
  { withoutPassphrase = false }: KeyPairOptions,
  io: Io,
): Promise<number> {
  if (!/^[A-Za-z0-9-]{1,32}$/.test(name))
    throw new Error(`the name "${name}" is invalid; use at most 32 letters, digits and hyphens`);
  const path = resolve(file ?? join(homedir(), ".ssh", name));
  const project = findUpwards("cdktf.json", process.cwd()) ?? findUpwards(".git", process.cwd());
  rejectWithin(project, path, dirname(path));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Again with resolved links, which may point into the project.
  if (project !== undefined) rejectWithin(realpathSync(project), path, realpathSync(dirname(path)));
  if (existsSync(path) || existsSync(`${path}.pub`))
    throw new Error(`${path} exists; choose another file, or use its .pub`);

  const passphrase = withoutPassphrase ? ["-N", ""] : [];
  const args = ["-q", "-t", "ed25519", "-C", name, "-f", path, ...passphrase];
  const code = await runInTerminal("ssh-keygen", args, process.env);
  if (code !== 0) throw new Error(`ssh-keygen ended with ${code}; no key pair was created`);
  io.out(`private key: ${path} (keep it; there is no second copy)`);
  io.out(["public key, for the environment file:", readFileSync(`${path}.pub`, "utf8").trim()]);
  return 0;
}

function rejectWithin(project: string | undefined, path: string, directory: string): void {
  if (project === undefined) return;
  const fromProject = relative(project, directory);
  if (fromProject === "" || !(isAbsolute(fromProject) || /^\.\.([\\/]|$)/.test(fromProject)))
    throw new Error(`${path} is in the project ${project}; choose a file outside of it`);
}
