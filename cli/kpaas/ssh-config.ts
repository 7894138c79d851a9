import { beforePort, type HostAddress } from "./host-address";

/** How a cluster's machines are reached from outside. */
export interface SshTarget {
  /** First machine of the connection. */
  readonly bastion: HostAddress;
  /** First control plane node, as the bastion reaches it. */
  readonly installHost: HostAddress;
  /** File of a private key. @default - ssh's own default: its agent and its default files */
  readonly identity?: string | undefined;
}

/**
 * The ssh configuration file for one stack. A file is needed because options given as `-o` apply to the last machine only, and the
 * bastion would be connected with other settings.
 *
 * A machine generates its host key at its first boot, so the key is unknown before: the first connection trusts it, and any other
 * key is rejected from then on. Keys are stored per stack, because private addresses are the same in every lab.
 *
 * The operator's own configuration (a smart card, a company proxy) is included last: in ssh the first value of an option applies.
 */
export function sshConfig({ bastion, installHost, identity }: SshTarget, knownHosts: string): string {
  const direct = bastion.host === installHost.host;
  return [
    "# Written by groundwork kpaas at each run.",
    ...(direct ? [] : hostBlock(bastion)),
    ...hostBlock(installHost),
    ...(direct ? [] : [`  ProxyJump ubuntu@${beforePort(bastion.host)}:${bastion.port ?? 22}`]),
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

function hostBlock({ host, port }: HostAddress): readonly string[] {
  return [`Host ${host}`, ...(port === undefined ? [] : [`  Port ${port}`])];
}

/** ssh expands tokens such as %h in values. */
function quoted(path: string): string {
  return `"${path.replaceAll("%", "%%")}"`;
}
