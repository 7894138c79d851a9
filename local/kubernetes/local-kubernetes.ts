import { accessTo, type Cluster, clusterAt, startCluster, stopCluster } from "./cluster";
import { realProviders } from "./programs/provider-mirror";
import { RealPrograms } from "./programs/real-programs";
import { providersAt, startProviders, stopProviders } from "./providers";
import { ensureKubernetes } from "./tools";
import { allInTurn } from "@groundwork/tooling/together";

/** A local cluster with Terraform's connection to it. */
export interface LocalKubernetes {
  readonly cluster: Cluster;
  /** Environment variables for Terraform and cdktf. */
  readonly env: Readonly<Record<string, string>>;
}

/** Settings of a start. */
export interface KubernetesProps {
  /** Receives the progress of long steps. */
  readonly log: (line: string) => void;
  /** Ends long steps. @default - nothing ends them early */
  readonly abort?: AbortSignal | undefined;
  /** Endpoint of the emulated AWS, whose instances are the nodes. @default - three nodes, and no controllers of AWS */
  readonly endpoint?: string;
}

/** The running local Kubernetes of a directory; `undefined` if it does not run or a process is missing. */
export function kubernetesAt(directory: string): LocalKubernetes | undefined {
  const cluster = clusterAt(directory);
  const providers = providersAt(directory);
  if (cluster === undefined || providers === undefined) return undefined;
  return { cluster, env: terraformVariables(cluster, providers.reattach) };
}

/**
 * Starts the local Kubernetes of a directory, or returns the one that already runs; `undefined` if its programs can neither be
 * downloaded nor built.
 *
 * cdktf needs `--skip-provider-lock`: otherwise it queries the registry even for providers that already run.
 */
export async function upKubernetes(
  directory: string,
  { log, abort, endpoint }: KubernetesProps,
): Promise<LocalKubernetes | undefined> {
  const programs = await ensureKubernetes(log, abort);
  if (programs === undefined) return undefined;
  // A new cluster empties the directory, which contains the record of the providers of an ended one.
  if (clusterAt(directory) === undefined) await stopProviders(directory);
  const cluster = await startCluster(directory, programs, abort);
  try {
    const { reattach } = await startProviders(directory, { endpoint, abort });
    return { cluster, env: terraformVariables(cluster, reattach) };
  } catch (error) {
    await downKubernetes(directory);
    throw error;
  }
}

/** Stops the local Kubernetes of a directory. All its data is lost. */
export async function downKubernetes(directory: string): Promise<void> {
  await allInTurn([() => stopProviders(directory), () => stopCluster(directory)]);
}

/**
 * `GROUNDWORK_REAL_PROVIDERS=1` uses the real providers instead of the stand-ins, where Terraform can install them; a provider in
 * `GROUNDWORK_PROGRAMS` is used instead of its stand-in.
 */
function terraformVariables(cluster: Cluster, reattach: string): Readonly<Record<string, string>> {
  const { server, token, certificate } = accessTo(cluster);
  const given = realProviders(RealPrograms.from());
  const standIns = Object.entries(JSON.parse(reattach) as object).filter(([source]) => !given.includes(source));
  return {
    ...(process.env["GROUNDWORK_REAL_PROVIDERS"] === "1" || standIns.length === 0
      ? {}
      : { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(standIns)) }),
    TF_VAR_local_kubernetes_host: server,
    TF_VAR_local_kubernetes_ca: certificate,
    TF_VAR_local_kubernetes_token: token,
  };
}
