import type { Construct } from "constructs";
import { Name } from "../../core/name";
import { checkedTags, type Tags } from "../../core/tags";
import { EKS_CLUSTER_NAME } from "../limits";
import { providerSettings } from "../provider-settings";
import type { TierKind } from "./tier";

/** Tags that a user gives to a network. */
export interface GivenTags {
  /** Tags of the VPC and the subnets. */
  readonly tags?: Tags;
  /** Names of EKS clusters whose load balancer controllers find their subnets by tags. */
  readonly eksClusters?: readonly string[];
}

/** Tags of the VPC. */
export function vpcTags(at: Construct, { tags = {} }: GivenTags): Tags {
  return allTags(at, tags, { Name: Name.of(at).tag() });
}

/** Tags of the subnets of a tier, without their names. */
export function subnetTags(
  at: Construct,
  tier: { readonly name: string; readonly kind: TierKind },
  given: GivenTags,
): Tags {
  const { tags = {}, eksClusters = [] } = given;
  for (const cluster of eksClusters) Name.check(cluster, EKS_CLUSTER_NAME, at);
  return allTags(at, tags, { ...eksTags(tier.kind, eksClusters), Tier: tier.name }, ["Name"]);
}

/** The tags of a user and of this library, which count together with those of the provider. */
function allTags(at: Construct, given: Tags, own: Tags, later: readonly string[] = []): Tags {
  const added = new Set([...Object.keys(own), ...later, ...providerSettings(at).defaultTagKeys]);
  const count = [...added].filter((key) => !Object.hasOwn(given, key)).length;
  return { ...checkedTags(given, at, count), ...own };
}

/** Tags by which load balancer controllers of EKS clusters find their subnets. */
function eksTags(kind: TierKind, clusters: readonly string[]): Tags {
  if (clusters.length === 0 || kind === "isolated") return {};
  return {
    [kind === "public" ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb"]: "1",
    ...Object.fromEntries(clusters.map((cluster) => [`kubernetes.io/cluster/${cluster}`, "shared"])),
  };
}
