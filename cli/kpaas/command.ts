import { join, relative } from "node:path";
import { WORK } from "@groundwork/tooling/paths";
import { LOCAL_SILENCE, type SilenceLimit } from "../first-boot/follow";
import { Unreachable } from "../first-boot/unreachable";
import type { KPaasCommand } from "./arguments";
import { locateCluster } from "./cluster-location";
import { type InstallationStatus, installationStatus, printable } from "./installation-status";
import { fetchKubeconfig, writePrivateFile } from "./kubeconfig";
import { statusLine } from "./messages";
import { storeNhnPassword } from "./nhn-password";
import { Ssh } from "./ssh";
import { waitForInstallation } from "./wait";

/** Input, output and directories of `npm run kpaas`. */
export interface KPaasContext {
  readonly log: (line: string) => void;
  /** Reads a password without echo. */
  readonly password: () => Promise<string>;
  /** Stops following; the installation continues. */
  readonly abort: AbortSignal;
  /** Directory of the synthesized app. @default - `cdktf.out` of the project */
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

/**
 * Runs `npm run kpaas`: follows or reports the installation of a cluster, fetches its kubeconfig, or stores a password. Returns the
 * exit code.
 */
export async function kpaasCommand(command: KPaasCommand, context: KPaasContext): Promise<number> {
  const { stack } = command;
  const { target, domain } = await locateCluster(command, context.output);
  const ssh = Ssh.to(target, join(context.work ?? WORK, "kpaas", stack), context.abort);
  if (command.verb === "wait") return wait(command, ssh, context, domain);
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
  { stack, timeoutMinutes }: KPaasCommand,
  ssh: Ssh,
  context: KPaasContext,
  domain: string | undefined,
): Promise<number> {
  const silence = stack.startsWith("local-") ? LOCAL_SILENCE : SILENCE;
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
      return printStatus(command.stack, ssh, context.log);
  }
}

async function printStatus(stack: string, ssh: Ssh, log: (line: string) => void): Promise<number> {
  const status = await installationStatus(ssh);
  log(statusLine(stack, status));
  return status.state === "done" ? 0 : 1;
}

async function logs({ stack, phase, follow }: KPaasCommand, ssh: Ssh, log: (line: string) => void): Promise<number> {
  const file = phase === undefined ? (await installationStatus(ssh)).log : `/var/log/kpaas/${phase}.log`;
  const script = `sudo -n test -e ${file} || exit 21; exec sudo -n tail -n 40 ${follow ? "-F " : ""}${file}`;
  const { code, out } = await ssh.run(script, follow ? { onLine: (line) => log(printable(line)) } : {});
  if (code === 21)
    throw new Error(
      `${stack}: no file ${file}${phase === undefined ? " yet" : `; ${phase} is not a phase, or has not started`}`,
    );
  if (!follow) log(printable(out).trimEnd());
  return code;
}

async function kubeconfig(command: KPaasCommand, ssh: Ssh, { log, work = WORK }: KPaasContext): Promise<number> {
  const { stack, port, file = join(work, `${stack}.kubeconfig`) } = command;
  const { text, tunnel } = await fetchKubeconfig(ssh, stack, port);
  writePrivateFile(file, text);
  log(`${relative(process.cwd(), file)} grants all access to ${stack}; only you can read it`);
  log(`the API is not reachable from outside; keep this tunnel open: ${ssh.command("", `-N -L ${tunnel}`)}`);
  log(`export KUBECONFIG=${file}`);
  return 0;
}

/** What to do after the installation. Passwords are not printed: the lines contain the commands that show them. */
function nextSteps(
  stack: string,
  ssh: Ssh,
  status: InstallationStatus,
  outputDomain: string | undefined,
): readonly string[] {
  const domain = status.domain === "" ? outputDomain : status.domain;
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
  return [statusLine(stack, status), ...portal, ...keyShare, `kubectl:    npm run kpaas -- kubeconfig ${stack}`];
}
