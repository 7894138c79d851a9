import type { ITerraformDependable } from "cdktf";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { IEksCluster } from "../cluster/eks-cluster";
import { ADD001 } from "./rules";

/**
 * What a chart needs in its cluster before it is installed, and until it is gone, as far as it is made here. Refuses a
 * cluster that did not stand before this apply.
 */
export function chartNeeds(at: Construct, cluster: IEksCluster): readonly ITerraformDependable[] {
  if (!cluster.isImported)
    throw ADD001.violation({
      at,
      given: `a chart for cluster ${cluster.node.path}, which stack "${TerraformStack.of(cluster).node.id}" makes`,
      fix: "put it into a stack of its own, with EksCluster.fromName()",
    });
  return cluster.roster.ready;
}
