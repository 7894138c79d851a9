import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type HostAddress, parseHostAddress } from "./ssh-config";

const VERBS = ["wait", "status", "logs", "kubeconfig", "nhn-password"] as const;

/** Usage of `npm run kpaas`. */
export const USAGE =
  "usage: npm run kpaas -- wait | status | logs | kubeconfig | nhn-password <stack> [<phase>, for logs] " +
  "[--bastion <address>] [--install-host <address>] [--identity <file>] " +
  "[--timeout <minutes>, for wait] [--follow, for logs] [--file <file>] [--port <port>, for kubeconfig]\n" +
  "Exit codes: 0 success, 1 error or the installation is not done, 130 interrupted";

/** Options of `npm run kpaas`, for parseArgs of node:util. */
export const OPTIONS = {
  bastion: { type: "string" },
  "install-host": { type: "string" },
  identity: { type: "string" },
  timeout: { type: "string" },
  follow: { type: "boolean" },
  file: { type: "string" },
  port: { type: "string" },
} as const;

type OptionValues = Readonly<Partial<Record<keyof typeof OPTIONS, string | boolean>>>;

/** Arguments of `npm run kpaas`. */
export interface KPaasCommand {
  readonly verb: (typeof VERBS)[number];
  /** Id of the stack: `lab-nhn`. */
  readonly stack: string;
  /** Phase whose log is shown. @default - the current phase */
  readonly phase?: string | undefined;
  readonly timeoutMinutes: number;
  /** Whether a log is followed. */
  readonly follow: boolean;
  /** First machine of the connection. @default - the stack's output `bastion` */
  readonly bastion?: HostAddress | undefined;
  /** First control plane node. @default - the stack's output `installHost` */
  readonly installHost?: HostAddress | undefined;
  readonly identity?: string | undefined;
  /** File of the kubeconfig. @default - .groundwork/<stack>.kubeconfig */
  readonly file?: string | undefined;
  /** Local port of the tunnel to the API. */
  readonly port: number;
}

/** Parses the arguments after `npm run kpaas --`; throws the usage for invalid ones. */
export function readCommand(words: readonly string[], options: OptionValues = {}): KPaasCommand {
  const { verb, stack, phase } = readWords(words);
  const { identity, file } = options;
  if (typeof identity === "string" && !existsSync(identity)) throw new Error(`no key file ${identity}`);
  return {
    verb,
    stack,
    phase,
    timeoutMinutes: readNumber(options.timeout, 300, (minutes) => minutes > 0),
    port: readNumber(options.port, 16_443, (port) => Number.isInteger(port) && port >= 1 && port <= 65_535),
    follow: options.follow === true,
    bastion: readHostAddress("--bastion", options.bastion),
    installHost: readHostAddress("--install-host", options["install-host"]),
    identity: typeof identity === "string" ? resolve(identity) : undefined,
    file: typeof file === "string" ? resolve(file) : undefined,
  };
}

/** Parses an address; throws an error that contains its source. */
export function readHostAddress(source: string, text: string | boolean | undefined): HostAddress | undefined {
  if (typeof text !== "string") return undefined;
  const address = parseHostAddress(text);
  if (address === undefined)
    throw new Error(`${source} is not an address: "${text}"; use the form 203.0.113.5 or 203.0.113.5:2222`);
  return address;
}

function readWords(words: readonly string[]): Pick<KPaasCommand, "verb" | "stack" | "phase"> {
  const [word, stack, phase, ...rest] = words;
  const verb = VERBS.find((candidate) => candidate === word);
  if (verb === undefined || stack === undefined || rest.length > 0) throw new Error(USAGE);
  if (phase !== undefined && (verb !== "logs" || !/^[a-z][a-z0-9-]*$/.test(phase))) throw new Error(USAGE);
  return { verb, stack, phase };
}

function readNumber(text: string | boolean | undefined, fallback: number, isValid: (n: number) => boolean): number {
  const number = Number(text ?? fallback);
  if (!isValid(number)) throw new Error(USAGE);
  return number;
}
