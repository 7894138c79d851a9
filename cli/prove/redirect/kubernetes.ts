import type { Block } from "@groundwork/tooling/terraform/synthesized";
import { defined } from "@groundwork/constructs/core";

/** The local API server. A cluster of the local cloud has none of its own. */
const CONNECTION = {
  host: "${var.local_kubernetes_host}",
  cluster_ca_certificate: "${var.local_kubernetes_ca}",
  token: "${var.local_kubernetes_token}",
};

/** A Kubernetes provider that connects to the local API server. */
export function localKubernetesProvider({ alias, ignore_annotations, ignore_labels }: Block): Block {
  return { ...defined({ alias, ignore_annotations, ignore_labels }), ...CONNECTION };
}

/** A Helm provider that connects to the local API server. */
export function localHelmProvider({ alias }: Block): Block {
  return { ...defined({ alias }), kubernetes: CONNECTION };
}
