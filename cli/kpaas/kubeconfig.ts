import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse, stringify } from "yaml";
import type { Remote } from "./ssh";

/** Port of the API on every control plane node. */
const API_PORT = 6443;

/** A name in the certificate of every cluster's API: it identifies the other end of a tunnel. */
const API_NAME = "kubernetes.default.svc";

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
 * Rewrites a kubeconfig for use through a tunnel to the first control plane node, with the stack's name for cluster, user and
 * context. kubectl verifies the API's certificate by a name that it contains.
 */
export function tunneledKubeconfig(text: string, stack: string, address: string, port: number): Kubeconfig {
  const { clusters, users } = read(text);
  const [cluster] = clusters ?? [];
  const [user] = users ?? [];
  if (cluster?.cluster === undefined || user?.user === undefined)
    throw new Error("the machine's kubeconfig contains no cluster or no user; check /home/ubuntu/.kube/config");
  const server = { server: `https://127.0.0.1:${port}`, "tls-server-name": API_NAME };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: stack, cluster: { ...cluster.cluster, ...server } }],
    users: [{ name: stack, user: user.user }],
    contexts: [{ name: stack, context: { cluster: stack, user: stack } }],
    "current-context": stack,
  };
  return { text: stringify(config, { lineWidth: 0 }), tunnel: `127.0.0.1:${port}:${address}:${API_PORT}` };
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

interface Settings {
  readonly clusters?: readonly { readonly cluster?: object }[];
  readonly users?: readonly { readonly user?: object }[];
}

/** The parser's own error would repeat the text. */
function read(text: string): Settings {
  try {
    return (parse(text) ?? {}) as Settings;
  } catch {
    throw new Error("the machine's kubeconfig is not valid YAML; check /home/ubuntu/.kube/config");
  }
}
