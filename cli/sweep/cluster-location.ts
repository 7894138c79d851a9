import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { KnownObjects } from "../orphans/state";

/** The cluster of an environment, from its synthesized stacks and Terraform states. */
export interface ClusterLocation {
  readonly stack: SynthesizedStack;
  readonly clusterName: string;
  /** Undefined when no state contains the network: then nothing of the cluster exists in it. */
  readonly networkId: string | undefined;
  /** Deployed stacks whose controllers would create again what is deleted. */
  readonly stacksInUse: readonly string[];
}

/** Finds the cluster in the stacks of an environment. */
export function locateCluster(
  environment: string,
  stacks: readonly SynthesizedStack[],
  known: KnownObjects,
): ClusterLocation {
  const stack = stacks.find((candidate) => candidate.resources("aws_eks_cluster").size > 0);
  const [[, cluster] = []] = stack === undefined ? [] : [...stack.resources("aws_eks_cluster")];
  if (stack === undefined || cluster === undefined) throw new Error(`no stack of "${environment}" contains a cluster`);
  const [network] = [...stack.resources("aws_vpc").keys()];
  const hasControllers = (candidate: SynthesizedStack) =>
    ["kubernetes_ingress_v1", "helm_release"].some((type) =>
      [...candidate.resources(type).keys()].some((address) => known.in(candidate.id).has(address)),
    );
  return {
    stack,
    clusterName: textArgument(cluster, "name"),
    networkId: network === undefined ? undefined : known.in(stack.id).resolve(`\${${network}.id}`),
    stacksInUse: stacks.filter(hasControllers).map(({ id }) => id),
  };
}
