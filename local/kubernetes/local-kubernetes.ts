import { accessTo, clusterAt, startCluster, stopCluster } from "./cluster";
import type { Cluster } from "./cluster";
import { providersAt, startProviders, stopProviders } from "./providers";
import { ensureKubernetes } from "./tools";

/** A local cluster, and how Terraform reaches it. */
export interface LocalKubernetes {
  readonly cluster: Cluster;
  /** What Terraform and cdktf need in their environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The local Kubernetes of a directory; nothing when none stands there, or not all of it. */
export function kubernetesAt(directory: string): LocalKubernetes | undefined {
  const cluster = clusterAt(directory);
  const providers = providersAt(directory);
  if (cluster === undefined || providers === undefined) return undefined;
  return { cluster, env: terraformVariables(cluster, providers.reattach) };
}

/**
 * Starts the local Kubernetes of a directory, or answers the one that stands; nothing when Go, which builds it, is missing.
 *
 * cdktf has to be told `--skip-provider-lock`: it would ask a registry even for providers that run already.
 */
export async function upKubernetes(
  directory: string,
  say: (line: string) => void,
  abort?: AbortSignal,
): Promise<LocalKubernetes | undefined> {
  const programs = await ensureKubernetes(say, abort);
  if (programs === undefined) return undefined;
  const cluster = await startCluster(directory, programs);
  try {
    const { reattach } = await startProviders(directory);
    return { cluster, env: terraformVariables(cluster, reattach) };
  } catch (error) {
    await downKubernetes(directory);
    throw error;
  }
}

/** Stops the local Kubernetes of a directory. Everything in it is gone. */
export async function downKubernetes(directory: string): Promise<void> {
  await stopProviders(directory);
  await stopCluster(directory);
}

/** `GROUNDWORK_REAL_PROVIDERS=1` leaves the stand-in out, where the real providers can be had. */
function terraformVariables(cluster: Cluster, reattach: string): Readonly<Record<string, string>> {
  const { server, token, certificate } = accessTo(cluster);
  return {
    ...(process.env["GROUNDWORK_REAL_PROVIDERS"] === "1" ? {} : { TF_REATTACH_PROVIDERS: reattach }),
    TF_VAR_local_kubernetes_host: server,
    TF_VAR_local_kubernetes_ca: certificate,
    TF_VAR_local_kubernetes_token: token,
  };
}
