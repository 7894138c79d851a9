/** Nobody has answered, and that may be otherwise in a moment: a machine that boots, a network that stumbles. */
export class Unreachable extends Error {}

/** What a person is told of when ssh does not get in. */
export interface Door {
  /** Machine that is asked for. */
  readonly host: string;
  readonly knownHosts: string;
}

/** Reads why ssh has ended without an answer: what stays as a plain error with the fix, what may pass as {@link Unreachable}. */
export function refusal(stderr: string, { host, knownHosts }: Door): Error {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== "");
  const changed = /^Host key for (\S+) has changed/m.exec(stderr)?.[1];
  if (changed !== undefined)
    return new Error(
      `${changed} shows another host key than at the first meeting; if the machine was made anew: ` +
        `ssh-keygen -R '${changed}' -f '${knownHosts}'; if not, somebody may stand between, and nothing was sent`,
    );
  const key = /^Load key .*/m.exec(stderr)?.[0];
  const [, who] = /^(\S+@\S+): Permission denied \(/m.exec(stderr) ?? [];
  if (who !== undefined)
    return new Error(
      `${who} refuses the key${key === undefined ? "" : ` (${key})`}; name the one that the stack was deployed with: ` +
        "--identity <file>; one with a passphrase has to be in the agent: ssh-add <file>",
    );
  if (/Too many authentication failures/.test(stderr))
    return new Error("the agent has offered too many keys; name the right one: --identity <file>");
  if (/administratively prohibited/.test(stderr))
    return new Error(`the bastion does not lead on to ${host}; its sshd needs AllowTcpForwarding yes`);
  if (/Bad configuration option|terminating, \d+ bad|Bad owner or permissions/.test(stderr))
    return new Error(`ssh does not understand its settings (${lines[0] ?? ""}); mend ~/.ssh/config`);
  if (/Host key verification failed/.test(stderr))
    return new Error(`ssh cannot keep host keys in ${knownHosts}; see that the file can be written`);
  // Behind a bastion that does not answer, ssh says in the end no more than that nothing came.
  const why = lines.filter(
    (line) => !/^kex_exchange_identification|^Connection closed by UNKNOWN|^stdio forwarding/.test(line),
  );
  return new Unreachable(why[0] ?? lines.at(-1) ?? "no answer");
}
