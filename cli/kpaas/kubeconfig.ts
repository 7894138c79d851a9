import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse, stringify } from "yaml";
import type { Remote } from "./ssh";

/** Port of the API on every control plane. */
const API_PORT = 6443;

/** A name that every certificate of a cluster's API has, so that a tunnel's other end is known for what it is. */
const API_NAME = "kubernetes.default.svc";

const READ = `. /etc/kpaas/kpaas.env || exit 21
printf '%s\\n' "$MASTER1_ADDRESS"
cat /home/ubuntu/.kube/config 2>/dev/null || exit 22`;

/** A cluster's settings for kubectl, as a person outside uses them. */
export interface Kubeconfig {
  readonly text: string;
  /** What has to be led where: the API is open to nobody outside. */
  readonly tunnel: string;
}

/** Fetches a cluster's settings for kubectl. They are a key to all of it: nothing of them is ever said. */
export async function fetchKubeconfig(ssh: Remote, stack: string, port: number): Promise<Kubeconfig> {
  const { code, out } = await ssh.run(READ);
  if (code === 21) throw new Error(`${ssh.host} is no install host: it has no /etc/kpaas/kpaas.env`);
  if (code !== 0)
    throw new Error(
      `there is no kubeconfig on ${ssh.host} yet, the installation writes it: npm run kpaas -- wait ${stack}`,
    );
  const [address = "", ...lines] = out.split("\n");
  return forOutside(lines.join("\n"), stack, address, port);
}

/**
 * Rewrites settings for kubectl for use outside of the network, under the stack's name: through a tunnel to the first control plane,
 * whose certificate is checked for a name that it has.
 */
export function forOutside(text: string, stack: string, address: string, port: number): Kubeconfig {
  const { clusters, users } = read(text);
  const [cluster] = clusters ?? [];
  const [user] = users ?? [];
  if (cluster?.cluster === undefined || user?.user === undefined)
    throw new Error("what the machine has as kubeconfig names no cluster and user; look at /home/ubuntu/.kube/config");
  const server = { server: `https://127.0.0.1:${port}`, "tls-server-name": API_NAME };
  const config = {
    ...{ apiVersion: "v1", kind: "Config" },
    clusters: [{ name: stack, cluster: { ...cluster.cluster, ...server } }],
    users: [{ name: stack, user: user.user }],
    contexts: [{ name: stack, context: { cluster: stack, user: stack } }],
    "current-context": stack,
  };
  return { text: stringify(config, { lineWidth: 0 }), tunnel: `127.0.0.1:${port}:${address}:${API_PORT}` };
}

/** Writes a file that only its owner reads, whole or not at all. */
export function writeSecretly(file: string, text: string): void {
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

/** A parser's own words would repeat the text. */
function read(text: string): Settings {
  try {
    return (parse(text) ?? {}) as Settings;
  } catch {
    throw new Error("what the machine has as kubeconfig cannot be read; look at /home/ubuntu/.kube/config");
  }
}
