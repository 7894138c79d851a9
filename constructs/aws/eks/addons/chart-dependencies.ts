import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ClusterDependencies } from "../cluster/cluster-dependencies";
import type { IEksCluster } from "../cluster/eks-cluster";
import { ADD001 } from "./rules";

/**
 * Resources of this stack that a chart requires from its installation to its removal. Rejects a cluster that is created by the
 * same apply.
 */
export function chartDependencies(at: Construct, cluster: IEksCluster): readonly ITerraformDependable[] {
  if (!cluster.isImported)
    throw ADD001.violation({
      at,
      given: `a chart for cluster ${cluster.node.path}, which stack "${TerraformStack.of(cluster).node.id}" creates`,
      fix: "define it in a later stack, with EksCluster.fromName()",
    });
  return [...new Set([...cluster.ready, ...ClusterDependencies.of(cluster).ready])];
}
