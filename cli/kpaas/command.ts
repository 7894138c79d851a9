import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { shellWord } from "@groundwork/constructs/core/quoting";
import { workDirectory } from "@groundwork/tooling/paths";
import { LOCAL_SILENCE, type SilenceLimit } from "../first-boot/follow";
import { Unreachable } from "../first-boot/unreachable";
import { abortable, interruptible } from "../program/interruptible";
import { type Io, jsonLines, logOf } from "../program/io";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { Reporter } from "../reporter";
import type { KPaasCommand, KPaasVerb } from "./arguments";
import { type ClusterLocation, locateCluster } from "./cluster-location";
import { hiddenLine } from "./hidden-line";
import { type InstallationStatus, installationStatus } from "./installation-status";
import { fetchKubeconfig, writePrivateFile } from "./kubeconfig";
import { statusLine } from "./messages";
import { storeNhnPassword } from "./nhn-password";
import { Ssh } from "./ssh";
import { type HostAddress, isHost } from "./host-address";
import { waitForInstallation } from "./wait";

export type { KPaasVerb };

/** Options of `groundwork kpaas`. */
export interface KPaasOptions extends OutputOptions {
  readonly bastion?: HostAddress;
  readonly installHost?: HostAddress;
  readonly identity?: string;
  readonly timeout?: number;
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly file?: string;
  readonly port?: number;
}

/** Input, output and directories of `groundwork kpaas`. */
export interface KPaasContext {
  readonly log: (line: string) => void;
  /** Reads a password without echo. */
  readonly password: () => Promise<string>;
  /** Stops following; the installation continues. */
  readonly abort: AbortSignal;
  /** Directory of the synthesized app. @default - the output directory of the project */
  readonly output?: string;
  /** Directory for generated files. @default - `.groundwork` of the project */
  readonly work?: string;
  /** Time between two polls. @default - 15 seconds */
  readonly intervalMs?: number;
}

/** A first start or a restart of a machine takes less. */
const SILENCE: SilenceLimit = {
  ms: 20 * 60_000,
  cause: "it does not run, or its security group does not allow SSH from your address",
};

/** Runs `groundwork kpaas`. Returns the exit code. */
export function kpaasAction(
  verb: KPaasVerb,
  target: Pick<KPaasCommand, "stack" | "phase">,
  options: KPaasOptions,
  io: Io,
): Promise<number> {
  const { identity, file, timeout: timeoutMinutes, bastion, installHost, follow, json, port } = options;
  if (identity !== undefined && !existsSync(identity))
    return Promise.reject(new Error(`--identity ${identity} does not exist; specify the file of a private key`));
  return interruptible(io, "interrupted; the installation on the machines continues", async (abort) => {
    const { project } = await projectStacks(options, logOf(io, options), abort);
    const given = { bastion, installHost, follow, json, port, timeoutMinutes };
    const files = { identity: absolute(identity), file: absolute(file) };
    const password = () => abortable(abort, readPassword(io));
    return kpaasCommand(
      { verb, ...target, ...given, ...files },
      { log: io.out, password, abort, output: project.output },
    );
  });
}

function absolute(file: string | undefined): string | undefined {
  return file === undefined ? undefined : resolve(file);
}

async function readPassword(io: Io): Promise<string> {
  const terminal = new Reporter(process.stderr);
  const line = await hiddenLine(process.stdin, () => {
    terminal.prompt("API password of NHN Cloud's user: ");
  });
  if (process.stdin.isTTY) io.err("");
  return line;
}

/**
 * Follows or reports the installation of a cluster, fetches its kubeconfig, or stores a password. Returns the
 * exit code.
 */
export async function kpaasCommand(command: KPaasCommand, context: KPaasContext): Promise<number> {
  const { stack } = command;
  const location = await locateCluster(command, context.output);
  const ssh = Ssh.to(location.target, join(context.work ?? workDirectory(), "kpaas", stack), context.abort);
  if (command.verb === "wait") return wait(command, ssh, context, location);
  try {
    return await runOnce(command, ssh, context);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    throw new Error(
      `${stack}: no connection to ${ssh.host} (${error.message}); ${SILENCE.cause}, or it is still starting`,
    );
  }
}

async function wait(
  { stack, timeoutMinutes = 300 }: KPaasCommand,
  ssh: Ssh,
  context: KPaasContext,
  { domain, isLocal }: ClusterLocation,
): Promise<number> {
  const silence = isLocal ? LOCAL_SILENCE : SILENCE;
  const status = await waitForInstallation({ ...context, stack, ssh, timeoutMs: timeoutMinutes * 60_000, silence });
  for (const line of nextSteps(stack, ssh, status, domain)) context.log(line);
  return 0;
}

async function runOnce(command: KPaasCommand, ssh: Ssh, context: KPaasContext): Promise<number> {
  switch (command.verb) {
    case "logs":
      return logs(command, ssh, context.log);
    case "kubeconfig":
      return kubeconfig(command, ssh, context);
    case "nhn-password":
      await storeNhnPassword(ssh, command.stack, await context.password(), context.log);
      return 0;
    default:
      return printStatus(command, ssh, context.log);
  }
}

async function printStatus({ stack, json }: KPaasCommand, ssh: Ssh, log: (line: string) => void): Promise<number> {
  const status = await installationStatus(ssh);
  const lines = json === true ? jsonLines({ stack, ...status }) : [statusLine(stack, status)];
  lines.forEach(log);
  return status.state === "done" ? 0 : 1;
}

async function logs(
  { stack, phase, follow = false }: KPaasCommand,
  ssh: Ssh,
  log: (line: string) => void,
): Promise<number> {
  const file = phase === undefined ? (await installationStatus(ssh)).log : `/var/log/kpaas/${phase}.log`;
  const script = `sudo -n test -e ${file} || exit 21; exec sudo -n tail -n 40 ${follow ? "-F " : ""}${file}`;
  const { code, out } = await ssh.run(script, follow ? { onLine: log } : {});
  if (code === 21)
    throw new Error(
      `${stack}: no file ${file}${phase === undefined ? " yet" : `; ${phase} is not a phase, or has not started`}`,
    );
  if (!follow) out.trimEnd().split(/\r?\n/).forEach(log);
  return code;
}

async function kubeconfig(
  command: KPaasCommand,
  ssh: Ssh,
  { log, work = workDirectory() }: KPaasContext,
): Promise<number> {
  const { stack, port = 16_443, file = join(work, `${stack}.kubeconfig`) } = command;
  const { text, tunnel } = await fetchKubeconfig(ssh, stack, port);
  writePrivateFile(file, text);
  log(`${relative(process.cwd(), file)} grants all access to ${stack}; only you can read it`);
  log(`the API is not reachable from outside; keep this tunnel open: ${ssh.command("", ["-N", "-L", tunnel])}`);
  log(`export KUBECONFIG=${shellWord(file)}`);
  return 0;
}

/** What to do after the installation. Passwords are not printed: the lines contain the commands that show them. */
function nextSteps(
  stack: string,
  ssh: Ssh,
  status: InstallationStatus,
  outputDomain: string | undefined,
): readonly string[] {
  const domain = [status.domain, outputDomain ?? ""].find(isHost);
  const portal =
    domain === undefined
      ? []
      : [
          `portal:     https://portal.${domain}, user admin`,
          `password:   ${ssh.command("sudo jq -r .PORTAL_ADMIN_PASSWORD /etc/kpaas/portal-secrets.json")}`,
        ];
  const keyShare = status.hasKeyShare
    ? [
        `key share:  ${ssh.command("sudo cat /root/kpaas-openbao-share && sudo shred -u /root/kpaas-openbao-share")}; store this share of OpenBao's key in a safe`,
      ]
    : [];
  return [statusLine(stack, status), ...portal, ...keyShare, `kubectl:    npx groundwork kpaas kubeconfig ${stack}`];
}
