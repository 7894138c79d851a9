import { type HostAddress, parseHostAddress } from "./host-address";

/** Subcommands of `groundwork kpaas`. */
export type KPaasVerb = "wait" | "status" | "logs" | "kubeconfig" | "nhn-password";

/** Arguments of `groundwork kpaas`. */
export interface KPaasCommand {
  readonly verb: KPaasVerb;
  /** Id of the stack: `lab-nhn`. */
  readonly stack: string;
  /** Phase whose log is shown. @default - the current phase */
  readonly phase?: string | undefined;
  /** @default 300 */
  readonly timeoutMinutes?: number | undefined;
  /** Whether a log is followed. @default false */
  readonly follow?: boolean | undefined;
  /** Whether the status is printed as JSON. @default false */
  readonly json?: boolean | undefined;
  /** First machine of the connection. @default - the stack's output `bastion` */
  readonly bastion?: HostAddress | undefined;
  /** First control plane node. @default - the stack's output `installHost` */
  readonly installHost?: HostAddress | undefined;
  readonly identity?: string | undefined;
  /** File of the kubeconfig. @default - .groundwork/<stack>.kubeconfig */
  readonly file?: string | undefined;
  /** Local port of the tunnel to the API. @default 16443 */
  readonly port?: number | undefined;
}

/** Parses an address; throws an error that contains its source. */
export function readHostAddress(source: string, text: string | undefined): HostAddress | undefined {
  if (text === undefined) return undefined;
  const address = parseHostAddress(text);
  if (address === undefined)
    throw new Error(`${source} is not an address: "${text}"; use the form 203.0.113.5 or 203.0.113.5:2222`);
  return address;
}
