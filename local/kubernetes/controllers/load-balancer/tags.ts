import { DescribeTagsCommand, type ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";

/** Tags by which the controller finds what it has created: that of the cluster, the group, and the kind of resource. */
export const CLUSTER_TAG = "elbv2.k8s.aws/cluster";
export const STACK_TAG = "ingress.k8s.aws/stack";
export const RESOURCE_TAG = "ingress.k8s.aws/resource";

/** Tags as a record. */
export type Tags = Readonly<Record<string, string>>;

/** Tags of a resource of a group. */
export function resourceTags(cluster: string, stack: string, resource: string): Tags {
  return { [CLUSTER_TAG]: cluster, [STACK_TAG]: stack, [RESOURCE_TAG]: resource };
}

/** Tags as the API lists them. */
export function asList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as a record. */
export function asRecord(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Tags {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Whether a resource has all tags. */
export function hasTags(tags: Tags, expected: Tags): boolean {
  return Object.entries(expected).every(([key, value]) => tags[key] === value);
}

/** DescribeTags accepts at most 20 resources. */
const LIMIT = 20;

/** The tags of load balancers or target groups by ARN. */
export async function tagsOf(
  elb: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Tags>> {
  const found = new Map<string, Tags>();
  for (let start = 0; start < arns.length; start += LIMIT) {
    const ResourceArns = arns.slice(start, start + LIMIT);
    const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ ResourceArns }));
    for (const { ResourceArn = "", Tags } of TagDescriptions) found.set(ResourceArn, asRecord(Tags));
  }
  return found;
}
