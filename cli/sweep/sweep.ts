import type { KnownObjects } from "../orphans/state";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Aws } from "./aws";
import type { Stray } from "./leftovers";
import { findStrays } from "./leftovers";

/** Where the cluster of an environment is, by its code and by Terraform's memory. */
export interface Ground {
  readonly stack: SynthesizedStack;
  readonly clusterName: string;
  /** Nothing when no state knows a network: then nothing of the cluster stands in one. */
  readonly networkId: string | undefined;
  /** Stacks whose programs would make again what is deleted. */
  readonly alive: readonly string[];
}

/** Finds the cluster among the stacks of an environment. */
export function groundOf(environment: string, stacks: readonly SynthesizedStack[], known: KnownObjects): Ground {
  const stack = stacks.find((one) => one.resources("aws_eks_cluster").size > 0);
  const [[, cluster] = []] = stack === undefined ? [] : [...stack.resources("aws_eks_cluster")];
  if (stack === undefined || cluster === undefined) throw new Error(`no stack of "${environment}" makes a cluster`);
  const [network] = [...stack.resources("aws_vpc").keys()];
  const working = (one: SynthesizedStack) =>
    ["kubernetes_ingress_v1", "helm_release"].some((type) =>
      [...one.resources(type).keys()].some((address) => known.in(one.id).has(address)),
    );
  return {
    stack,
    clusterName: textArgument(cluster, "name"),
    networkId: network === undefined ? undefined : known.in(stack.id).resolve(`\${${network}.id}`),
    alive: stacks.filter(working).map(({ id }) => id),
  };
}

/** Strays that no state knows. What Terraform has made is Terraform's to delete. */
export async function straysOn(
  { clusterName, networkId }: Ground,
  aws: Aws,
  known: KnownObjects,
): Promise<readonly Stray[]> {
  if (networkId === undefined) return [];
  const found = await findStrays(aws, { clusterName, networkId });
  return found.filter(({ id }) => !known.knows({ id, arn: id }));
}

/** How long AWS is given to let go, and how often it is asked. */
export interface Patience {
  readonly tries: number;
  readonly pauseMilliseconds: number;
}

/** Interfaces of a load balancer outlive it by minutes, and hold its groups. */
const FIVE_MINUTES: Patience = { tries: 30, pauseMilliseconds: 10_000 };

/** Deletes one after another, in the order they come in. */
export async function deleteStrays(
  strays: readonly Stray[],
  aws: Aws,
  say: (text: string) => void,
  patience = FIVE_MINUTES,
): Promise<void> {
  for (const { kind, name, remove } of strays) {
    for (const command of remove) await insist(command, aws, patience);
    say(`deleted ${kind} ${name}`);
  }
}

async function insist(command: readonly string[], aws: Aws, { tries, pauseMilliseconds }: Patience): Promise<void> {
  for (let left = tries - 1; ; left -= 1)
    try {
      await aws(command);
      return;
    } catch (error) {
      if (left === 0 || !/DependencyViolation|ResourceInUse|InUse/.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
}
