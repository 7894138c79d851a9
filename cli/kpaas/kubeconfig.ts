import { isObject } from "@groundwork/tooling/objects";
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { printable } from "@groundwork/tooling/printable";
import { parse, stringify } from "yaml";
import { beforePort, isHost } from "./host-address";
import type { Remote } from "./ssh";

/** Port of the API on every control plane node. */
const API_PORT = 6443;

/** A name in the certificate of every cluster's API: it identifies the other end of a tunnel. */
const API_NAME = "kubernetes.default.svc";

/** What the operator can do about an invalid file. */
const CHECK = "check /home/ubuntu/.kube/config";

const READ_SCRIPT = `. /etc/kpaas/kpaas.env || exit 21
printf '%s\\n' "$MASTER1_ADDRESS"
cat /home/ubuntu/.kube/config 2>/dev/null || exit 22`;

/** A kubeconfig for use outside of the cluster's network. */
export interface Kubeconfig {
  readonly text: string;
  /** Local forwarding that ssh has to set up: the API is not reachable from outside. */
  readonly tunnel: string;
}

/** Reads a cluster's kubeconfig from the install host. It grants all access to the cluster and is never printed. */
export async function fetchKubeconfig(ssh: Remote, stack: string, port: number): Promise<Kubeconfig> {
  const { code, out } = await ssh.run(READ_SCRIPT);
  if (code === 21) throw new Error(`${ssh.host} is not an install host: it has no /etc/kpaas/kpaas.env`);
  if (code !== 0)
    throw new Error(
      `${ssh.host} has no kubeconfig yet, the installation writes it: npx groundwork kpaas wait ${stack}`,
    );
  const [address = "", ...lines] = out.split("\n");
  return tunneledKubeconfig(lines.join("\n"), stack, address, port);
}

/**
 * Writes a kubeconfig for use through a tunnel to the first control plane node, with the stack's name for cluster, user and context.
 * kubectl verifies the API's certificate by a name that it contains.
 *
 * The machine's own file is not trusted: a kubeconfig can name programs to run (`exec`), files to read, proxies, and servers to trust
 * without verification. Only the data of certificates, keys and tokens is copied.
 */
export function tunneledKubeconfig(text: string, stack: string, address: string, port: number): Kubeconfig {
  if (!isHost(address))
    throw new Error(
      `MASTER1_ADDRESS in /etc/kpaas/kpaas.env is not an address: "${printable(address.slice(0, 80))}"; nothing was written`,
    );
  const { clusters, users } = read(text);
  const cluster = credentials(listedObject(clusters, "cluster"), ["certificate-authority-data"]);
  const user = credentials(listedObject(users, "user"), ["client-certificate-data", "client-key-data", "token"]);
  if (Object.keys(cluster).length === 0 || Object.keys(user).length === 0)
    throw new Error(`the machine's kubeconfig contains no certificate authority or no credentials as data; ${CHECK}`);
  const server = { server: `https://127.0.0.1:${port}`, "tls-server-name": API_NAME };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: stack, cluster: { ...cluster, ...server } }],
    users: [{ name: stack, user }],
    contexts: [{ name: stack, context: { cluster: stack, user: stack } }],
    "current-context": stack,
  };
  return {
    text: stringify(config, { lineWidth: 0 }),
    tunnel: `127.0.0.1:${port}:${beforePort(address)}:${API_PORT}`,
  };
}

/** Writes a file that only its owner can read, atomically. */
export function writePrivateFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Forms of the fields that are copied. */
const FORMS = {
  "certificate-authority-data": /^[A-Za-z0-9+/\s]+={0,2}\s*$/,
  "client-certificate-data": /^[A-Za-z0-9+/\s]+={0,2}\s*$/,
  "client-key-data": /^[A-Za-z0-9+/\s]+={0,2}\s*$/,
  token: /^[\x21-\x7e]+$/,
} as const;

/** The given fields of an object. */
function credentials(
  given: Readonly<Record<string, unknown>>,
  names: readonly (keyof typeof FORMS)[],
): Readonly<Record<string, string>> {
  const fields = names.filter((name) => Object.hasOwn(given, name) && given[name] !== "");
  return Object.fromEntries(
    fields.map((name) => {
      const value = given[name];
      if (typeof value !== "string" || !FORMS[name].test(value))
        throw new Error(`${name} in the machine's kubeconfig is invalid; ${CHECK}`);
      return [name, value];
    }),
  );
}

/** The object `key` of the first entry of a list; empty if there is none. */
function listedObject(list: unknown, key: string): Readonly<Record<string, unknown>> {
  const [first] = Array.isArray(list) ? (list as readonly unknown[]) : [];
  return isObject(first) && isObject(first[key]) ? first[key] : {};
}

/** The parser's own error would repeat the text. */
function read(text: string): Readonly<Record<string, unknown>> {
  try {
    const settings: unknown = parse(text);
    return isObject(settings) ? settings : {};
  } catch {
    throw new Error(`the machine's kubeconfig is not valid YAML; ${CHECK}`);
  }
}
