import { shellWord } from "@groundwork/constructs/core/quoting";
import { Unreachable } from "../first-boot/unreachable";

/** The connection that failed. */
export interface Connection {
  /** Target machine, behind the bastion. */
  readonly host: string;
  readonly knownHosts: string;
}

/**
 * The error for ssh's exit code 255: {@link Unreachable} for a failure that a retry may resolve, otherwise a plain error with
 * the fix.
 */
export function sshError(stderr: string, { host, knownHosts }: Connection): Error {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== "");
  return (
    hostKeyError(stderr, knownHosts) ??
    authenticationError(stderr) ??
    configurationError(stderr, lines, { host, knownHosts }) ??
    new Unreachable(temporaryReason(lines))
  );
}

function hostKeyError(stderr: string, knownHosts: string): Error | undefined {
  const changed = /^Host key for ([\x21-\x7e]+) has changed/m.exec(stderr)?.[1];
  if (changed === undefined) return undefined;
  return new Error(
    `the host key of ${changed} has changed since the first connection; if the machine was recreated: ` +
      `ssh-keygen -R ${shellWord(changed)} -f ${shellWord(knownHosts)}; if not, the connection may be intercepted; nothing was sent`,
  );
}

function authenticationError(stderr: string): Error | undefined {
  const key = /^Load key .*/m.exec(stderr)?.[0];
  const [, login] = /^(\S+@\S+): Permission denied \(/m.exec(stderr) ?? [];
  if (login !== undefined)
    return new Error(
      `${login} rejects the key${key === undefined ? "" : ` (${key})`}; specify the key of the deployment: ` +
        "--identity <file>; a key with a passphrase must be in the agent: ssh-add <file>",
    );
  if (/Too many authentication failures/.test(stderr))
    return new Error("the agent has offered too many keys; specify the key: --identity <file>");
  return undefined;
}

function configurationError(
  stderr: string,
  lines: readonly string[],
  { host, knownHosts }: Connection,
): Error | undefined {
  if (/administratively prohibited/.test(stderr))
    return new Error(`the bastion does not forward connections to ${host}; its sshd needs AllowTcpForwarding yes`);
  if (/Bad configuration option|terminating, \d+ bad|Bad owner or permissions/.test(stderr))
    return new Error(`ssh rejects its configuration (${lines[0] ?? ""}); correct ~/.ssh/config`);
  if (/Host key verification failed/.test(stderr))
    return new Error(`ssh cannot store host keys in ${knownHosts}; make the file writable`);
  return undefined;
}

/** Behind a bastion that does not respond, ssh's last lines only report that the connection was closed. */
function temporaryReason(lines: readonly string[]): string {
  const causes = lines.filter(
    (line) => !/^kex_exchange_identification|^Connection closed by UNKNOWN|^stdio forwarding/.test(line),
  );
  return causes[0] ?? lines.at(-1) ?? "no response";
}
