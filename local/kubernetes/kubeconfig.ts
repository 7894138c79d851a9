import { toYaml } from "@groundwork/constructs/kubernetes/manifests";
import type { ApiAccess } from "./api";

/** A kubeconfig file with administrator access to one cluster. */
export function kubeconfig({ server, token, certificate }: ApiAccess): string {
  const name = "groundwork";
  return toYaml({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [
      { name, cluster: { server, "certificate-authority-data": Buffer.from(certificate).toString("base64") } },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
