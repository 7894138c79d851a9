import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { ROOT, WORK } from "@groundwork/tooling/paths";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { fetchKubeconfig, writeSecretly } from "./kubeconfig";
import { putNhnPassword } from "./nhn-password";
import { hasInstallHost, outputsOf } from "./outputs";
import { Unreachable } from "./ssh-errors";
import type { Sight } from "./installation-status";
import { look, printable } from "./installation-status";
import { Ssh } from "./ssh";
import type { Place, Whereabouts } from "./ssh-config";
import { readPlace } from "./ssh-config";
import { waitForInstallation } from "./wait";
import { sightInWords } from "./messages";

const VERBS = ["wait", "status", "logs", "kubeconfig", "nhn-password"] as const;

/** What `npm run kpaas` can be told. */
export const USAGE =
  "usage: npm run kpaas -- wait | status | logs | kubeconfig | nhn-password <stack> [<phase>, of logs] " +
  "[--bastion <address>] [--install-host <address>] [--identity <file>] " +
  "[--timeout <minutes>, of wait] [--follow, of logs] [--file <file>] [--port <port>, of kubeconfig]";

/** Options of `npm run kpaas`, as node:util's parseArgs knows them. */
export const OPTIONS = {
  bastion: { type: "string" },
  "install-host": { type: "string" },
  identity: { type: "string" },
  timeout: { type: "string" },
  follow: { type: "boolean" },
  file: { type: "string" },
  port: { type: "string" },
} as const;

/** What is to be done, and where. */
export interface KPaasCommand {
  readonly verb: (typeof VERBS)[number];
  /** Id of the stack: `lab-nhn`. */
  readonly stack: string;
  /** Whose log. @default - the one that the boot is in */
  readonly phase?: string | undefined;
  readonly timeoutMinutes: number;
  /** Whether a log is followed. */
  readonly follow: boolean;
  /** Machine that is met first. @default - the stack's output `bastion` */
  readonly bastion?: Place | undefined;
  /** First control plane. @default - the stack's output `installHost` */
  readonly installHost?: Place | undefined;
  readonly identity?: string | undefined;
  /** Where the kubeconfig is written. @default - .groundwork/<stack>.kubeconfig */
  readonly file?: string | undefined;
  /** Port of this machine that a tunnel to the API begins at. */
  readonly port: number;
}

/** How `npm run kpaas` meets the world. */
export interface Surroundings {
  readonly say: (line: string) => void;
  /** Asks for a password without showing it. */
  readonly password: () => Promise<string>;
  /** Ends the following, not the boot. */
  readonly abort: AbortSignal;
  /** Folder that the app was synthesized into. @default - `cdktf.out` of the project */
  readonly output?: string;
  /** Folder that is written to. @default - `.groundwork` of the project */
  readonly work?: string;
  /** Time between two looks. @default - fifteen seconds */
  readonly everyMs?: number;
}

/** How long a machine may be unreachable: longer than a first start, or a restart, takes. */
const SILENCE = {
  ms: 20 * 60_000,
  means: "it does not run, or a security group does not let your address in by SSH",
};

/** Whoever waits for an emulated machine would wait for ever. */
const LOCAL_SILENCE = { ms: 0, means: "the local cloud runs no machines, so nothing boots there" };

/** Reads the words after `npm run kpaas --`; throws the usage for others. */
export function readCommand(
  words: readonly string[],
  options: Readonly<Partial<Record<keyof typeof OPTIONS, string | boolean>>> = {},
): KPaasCommand {
  const [word, stack, phase, ...rest] = words;
  const verb = VERBS.find((one) => one === word);
  const timeoutMinutes = Number(options.timeout ?? 300);
  const port = Number(options.port ?? 16_443);
  const known = verb !== undefined && stack !== undefined && rest.length === 0;
  if (!known || !(timeoutMinutes > 0) || !Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(USAGE);
  if (phase !== undefined && (verb !== "logs" || !/^[a-z][a-z0-9-]*$/.test(phase))) throw new Error(USAGE);
  const { identity, file } = options;
  if (typeof identity === "string" && !existsSync(identity)) throw new Error(`there is no key ${identity}`);
  return {
    ...{ verb, stack, phase, timeoutMinutes, port, follow: options.follow === true },
    bastion: placeOf("--bastion", options.bastion),
    installHost: placeOf("--install-host", options["install-host"]),
    identity: typeof identity === "string" ? resolve(identity) : undefined,
    file: typeof file === "string" ? resolve(file) : undefined,
  };
}

/** Looks at the installation of a cluster, or fetches from it and brings to it what a person needs; answers the exit code. */
export async function kpaasCommand(command: KPaasCommand, surroundings: Surroundings): Promise<number> {
  const { say, abort, work = WORK } = surroundings;
  const { where, domain } = await whereabouts(command, surroundings);
  const ssh = Ssh.to(where, join(work, "kpaas", command.stack), abort);
  const { verb, stack } = command;
  if (verb === "wait") {
    const silence = stack.startsWith("local-") ? LOCAL_SILENCE : SILENCE;
    const timeoutMs = command.timeoutMinutes * 60_000;
    const sight = await waitForInstallation({ ...surroundings, stack, ssh, timeoutMs, silence });
    for (const line of welcome(stack, ssh, sight, domain)) say(line);
    return 0;
  }
  try {
    if (verb === "status") return await tell(stack, ssh, say);
    if (verb === "logs") return await logs(command, ssh, say);
    if (verb === "kubeconfig") return await kubeconfig(command, ssh, surroundings);
    await putNhnPassword(ssh, stack, await surroundings.password(), say);
    return 0;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    throw new Error(
      `${stack}: ${ssh.host} is not reachable yet (${error.message}); ${SILENCE.means}, or it still starts`,
    );
  }
}

async function tell(stack: string, ssh: Ssh, say: (line: string) => void): Promise<number> {
  const sight = await look(ssh);
  say(sightInWords(stack, sight));
  return sight.state === "done" ? 0 : 1;
}

async function logs({ stack, phase, follow }: KPaasCommand, ssh: Ssh, say: (line: string) => void): Promise<number> {
  const log = phase === undefined ? (await look(ssh)).log : `/var/log/kpaas/${phase}.log`;
  const script = `sudo -n test -e ${log} || exit 21; exec sudo -n tail -n 40 ${follow ? "-F " : ""}${log}`;
  const { code, out } = await ssh.run(script, follow ? { onLine: (line) => say(printable(line)) } : {});
  if (code === 21)
    throw new Error(
      `${stack}: there is no ${log}${phase === undefined ? " yet" : `; ${phase} is no phase, or has not begun`}`,
    );
  if (!follow) say(printable(out).trimEnd());
  return code;
}

async function kubeconfig(command: KPaasCommand, ssh: Ssh, { say, work = WORK }: Surroundings): Promise<number> {
  const { stack, port, file = join(work, `${stack}.kubeconfig`) } = command;
  const { text, tunnel } = await fetchKubeconfig(ssh, stack, port);
  writeSecretly(file, text);
  say(`${relative(process.cwd(), file)} is the key to all of ${stack}; it is readable by you alone`);
  say(`the API is open to nobody outside; as long as this runs it is reached: ${ssh.command("", `-N -L ${tunnel}`)}`);
  say(`export KUBECONFIG=${file}`);
  return 0;
}

/** What a person wants to know at the end. The password is shown by the machine, to whoever asks it, and not by us. */
function welcome(stack: string, ssh: Ssh, sight: Sight, told: string | undefined): readonly string[] {
  const portal = sight.domain === "" ? told : sight.domain;
  return [
    sightInWords(stack, sight),
    ...(portal === undefined
      ? []
      : [
          `portal:     https://portal.${portal}, user admin`,
          `password:   ${ssh.command("sudo jq -r .PORTAL_ADMIN_PASSWORD /etc/kpaas/portal-secrets.json")}`,
        ]),
    ...(sight.keyPart
      ? [
          `take away:  ${ssh.command("sudo cat /root/kpaas-openbao-share && sudo shred -u /root/kpaas-openbao-share")}, a part of OpenBao's key, into a safe`,
        ]
      : []),
    `kubectl:    npm run kpaas -- kubeconfig ${stack}`,
  ];
}

async function whereabouts(
  command: KPaasCommand,
  { output = join(ROOT, "cdktf.out") }: Surroundings,
): Promise<{ readonly where: Whereabouts; readonly domain: string | undefined }> {
  const { stack, identity } = command;
  const folder = join(output, "stacks");
  const all = existsSync(folder) ? readdirSync(folder) : [];
  const read = (id: string) => new SynthesizedStack(id, join(folder, id));
  const withCluster = () => {
    const known = all.map(read).filter(hasInstallHost);
    return `with a cluster of K-PaaS there are ${known.map(({ id }) => id).join(", ") || "none"}`;
  };
  if (!all.includes(stack)) throw new Error(`there is no stack "${stack}"; ${withCluster()}`);
  const given = command.bastion !== undefined && command.installHost !== undefined;
  const outputs = given ? new Map<string, string>() : await outputsOf(read(stack));
  const found = (name: string) => placeOf(`the output ${name} of ${stack}`, outputs.get(name));
  const installHost = command.installHost ?? found("installHost");
  const bastion = command.bastion ?? found("bastion") ?? command.installHost;
  if (installHost === undefined || bastion === undefined)
    throw new Error(
      hasInstallHost(read(stack))
        ? `${stack} is not deployed, as far as its state tells: npx cdktf deploy '${stack}', or say --bastion <address> --install-host <address>`
        : `${stack} has no cluster of K-PaaS; ${withCluster()}`,
    );
  return { where: { bastion, installHost, identity }, domain: outputs.get("domain") };
}

function placeOf(what: string, text: string | boolean | undefined): Place | undefined {
  if (typeof text !== "string") return undefined;
  const place = readPlace(text);
  if (place === undefined) throw new Error(`${what} is no address: "${text}"; write 203.0.113.5, or 203.0.113.5:2222`);
  return place;
}
