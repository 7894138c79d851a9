import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { shellWord } from "@groundwork/constructs/core/quoting";
import type { LocalKubernetes } from "@groundwork/local/kubernetes/local-kubernetes";

const KINDS = "deployments,services,ingresses,horizontalpodautoscalers,poddisruptionbudgets";

/** The output of `kubectl get` for the local cluster; the command itself when kubectl is not installed. */
export async function kubectlGet(kubernetes: LocalKubernetes | undefined): Promise<readonly string[]> {
  if (kubernetes === undefined) return [];
  const { kubeconfig } = kubernetes.cluster;
  try {
    const { stdout } = await promisify(execFile)("kubectl", ["--kubeconfig", kubeconfig, "get", KINDS]);
    return ["", `$ kubectl get ${KINDS}`, ...stdout.trimEnd().split("\n")];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return ["", `with kubectl: kubectl --kubeconfig ${shellWord(kubeconfig)} get ${KINDS}`];
  }
}
