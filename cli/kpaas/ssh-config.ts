/** Where a cluster's machines are, as a person outside reaches them. */
export interface Whereabouts {
  /** Machine that is met first: an address, perhaps with a port. */
  readonly bastion: Place;
  /** First control plane, as the bastion reaches it. */
  readonly installHost: Place;
  /** File of a private key. @default - what ssh itself finds: its agent, its usual files */
  readonly identity?: string | undefined;
}

/** An address and its port. */
export interface Place {
  readonly host: string;
  /** @default - 22 */
  readonly port?: number;
}

/** Reads `203.0.113.5` or `203.0.113.5:2222`; nothing for other words, which ssh might take for options. */
export function readPlace(text: string): Place | undefined {
  const [, host, port] = /^([A-Za-z0-9][A-Za-z0-9.-]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (host === undefined) return undefined;
  return port === undefined ? { host } : { host, port: Number(port) };
}

/**
 * The settings of ssh for one stack, as its configuration file. A file, because a jump takes nothing else over: what is given as
 * `-o` holds for the last machine alone, and the first one would be met with other rules.
 *
 * A machine makes its host key at its first boot, so nobody can know it before: the first meeting is trusted, and any other key
 * is refused from then on. The keys are kept per stack, because private addresses are the same in every lab.
 *
 * What a person has set up otherwise (a smart card, a proxy of the company) comes last: in ssh the first word counts.
 */
export function sshConfig({ bastion, installHost, identity }: Whereabouts, knownHosts: string): string {
  const direct = bastion.host === installHost.host;
  return [
    "# Written by npm run kpaas, anew each time.",
    ...(direct ? [] : block(bastion)),
    ...block(installHost),
    ...(direct ? [] : [`  ProxyJump ubuntu@${bastion.host}:${bastion.port ?? 22}`]),
    "Host *",
    "  User ubuntu",
    "  BatchMode yes",
    "  ConnectTimeout 10",
    "  ServerAliveInterval 15",
    "  ServerAliveCountMax 4",
    "  StrictHostKeyChecking accept-new",
    `  UserKnownHostsFile ${quoted(knownHosts)}`,
    "  GlobalKnownHostsFile /dev/null",
    "  UpdateHostKeys no",
    "  ForwardAgent no",
    "  ForwardX11 no",
    "  ControlMaster no",
    "  ControlPath none",
    "  PermitLocalCommand no",
    "  RemoteCommand none",
    "  LogLevel ERROR",
    ...(identity === undefined ? [] : [`  IdentityFile ${quoted(identity)}`, "  IdentitiesOnly yes"]),
    "  Include ~/.ssh/config",
    "",
  ].join("\n");
}

function block({ host, port }: Place): readonly string[] {
  return [`Host ${host}`, ...(port === undefined ? [] : [`  Port ${port}`])];
}

/** ssh puts values in place of words such as %h. */
function quoted(path: string): string {
  return `"${path.replaceAll("%", "%%")}"`;
}
