import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { KnownObjects } from "../orphans/state";
import { type StackSelection, selectionText } from "../project/stack-selection";

/** The cluster of the selected stacks, from its synthesized stacks and Terraform states. */
export interface ClusterLocation {
  readonly stack: SynthesizedStack;
  readonly clusterName: string;
  /** Undefined when no state contains the network: then nothing of the cluster exists in it. */
  readonly networkId: string | undefined;
  /** Deployed stacks whose controllers would create again what is deleted. */
  readonly stacksInUse: readonly string[];
}

/** Finds the only cluster of the stacks. */
export function locateCluster(
  selection: StackSelection,
  stacks: readonly SynthesizedStack[],
  known: KnownObjects,
): ClusterLocation {
  const [found, ...others] = stacks.flatMap((stack) =>
    [...stack.resources("aws_eks_cluster").values()].map((cluster) => ({ stack, cluster })),
  );
  if (found === undefined) throw new Error(`no stack of ${selectionText(selection)} contains a cluster`);
  if (others.length > 0)
    throw new Error(
      `${[found, ...others].map(({ stack }) => stack.id).join(", ")} contain several clusters; select one: npx groundwork sweep ${found.stack.id}`,
    );
  const { stack, cluster } = found;
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
