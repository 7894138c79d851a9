import type { Construct } from "constructs";
import { isFreeId } from "../../core/child-id";
import { EKS023 } from "./rules";

/** Ids of constructs that a cluster creates itself, at once or with its first node group. */
const OF_CLUSTER = [
  "Resource",
  "Default",
  "Role",
  "LogGroup",
  "SecretsKey",
  "vpc-cni",
  "kube-proxy",
  "eks-pod-identity-agent",
  "coredns",
];

/** Rejects an id of a node group or an access entry that the cluster uses itself, or that another one has. */
export function checkChildId(cluster: Construct, id: string): void {
  const isOurs = OF_CLUSTER.includes(id);
  if (!id.includes("/") && !isOurs && isFreeId(cluster, id)) return;
  const reason = isOurs ? ", which the cluster uses itself" : "";
  const repeated = !isOurs && id !== "" && !id.includes("/") ? " twice" : "";
  throw EKS023.violation({
    at: cluster,
    given: `id "${id}"${repeated}${reason}`,
    fix: 'use a noun of your own that no other child has, for example "General"',
  });
}
