import {
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  EC2Client,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import {
  DescribeTagsCommand as DescribeClassicTagsCommand,
  ElasticLoadBalancingClient,
  paginateDescribeLoadBalancers as paginateDescribeClassicLoadBalancers,
} from "@aws-sdk/client-elastic-load-balancing";
import {
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsSession } from "../aws/aws-session";
import { allItems, batchesOf } from "../aws/pages";
import { tagRecord } from "../aws/tags";

/** Kinds of AWS resources that controllers of a cluster create, in the order in which AWS allows their deletion. */
export const KINDS = [
  "load balancer",
  "classic load balancer",
  "target group",
  "security group rule",
  "network interface",
  "security group",
] as const;

/** An AWS resource in a cluster's network that a controller of the cluster has created and not deleted. */
export interface Leftover {
  readonly kind: (typeof KINDS)[number];
  /** Identifier in AWS's API: an ARN, an id, or the name of a classic load balancer. */
  readonly id: string;
  /** Name to show. */
  readonly name: string;
  /** The security group and the direction of a security group rule. */
  readonly rule?: { readonly groupId: string; readonly isEgress: boolean };
}

/** The cluster whose leftovers are searched, and its network. */
export interface Cluster {
  readonly clusterName: string;
  readonly networkId: string;
}

/** DescribeTags accepts at most 20 load balancers or target groups. */
const TAGS_LIMIT = 20;

/**
 * Lists the resources in a cluster's network that have the tags of its load balancer controller, cloud controller or network
 * plugin, and the rules of other security groups that reference such a group.
 *
 * EKS's own resources have the same tag and `aws:eks:cluster-name`: they are deleted with the cluster and are not listed.
 */
export async function listLeftovers(session: AwsSession, cluster: Cluster): Promise<readonly Leftover[]> {
  const lists = [loadBalancers, classicLoadBalancers, targetGroups, networkInterfaces, securityGroups];
  const found = (await Promise.all(lists.map((list) => list(session, cluster)))).flat();
  return found.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

async function loadBalancers(session: AwsSession, cluster: Cluster): Promise<readonly Leftover[]> {
  const client = session.client(ElasticLoadBalancingV2Client);
  const all = await allItems(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers);
  const inNetwork = all
    .filter(({ VpcId }) => VpcId === cluster.networkId)
    .map(({ LoadBalancerArn: id = "", LoadBalancerName: name = "" }) => ({ kind: "load balancer" as const, id, name }));
  return ownedOf(session, inNetwork, cluster);
}

async function targetGroups(session: AwsSession, cluster: Cluster): Promise<readonly Leftover[]> {
  const client = session.client(ElasticLoadBalancingV2Client);
  const all = await allItems(paginateDescribeTargetGroups({ client }, {}), (page) => page.TargetGroups);
  const inNetwork = all
    .filter(({ VpcId }) => VpcId === cluster.networkId)
    .map(({ TargetGroupArn: id = "", TargetGroupName: name = "" }) => ({ kind: "target group" as const, id, name }));
  return ownedOf(session, inNetwork, cluster);
}

/** Load balancers or target groups with the cluster's tags. */
async function ownedOf(
  session: AwsSession,
  candidates: readonly Leftover[],
  cluster: Cluster,
): Promise<readonly Leftover[]> {
  const client = session.client(ElasticLoadBalancingV2Client);
  const responses = await Promise.all(
    batchesOf(candidates, TAGS_LIMIT).map((batch) =>
      client.send(new DescribeTagsCommand({ ResourceArns: batch.map(({ id }) => id) })),
    ),
  );
  const owned = responses
    .flatMap(({ TagDescriptions = [] }) => TagDescriptions)
    .filter(({ Tags }) => isOwned(tagRecord(Tags), cluster))
    .map(({ ResourceArn }) => ResourceArn);
  return candidates.filter(({ id }) => owned.includes(id));
}

/** The cloud controller creates a classic load balancer for a Service of type LoadBalancer. */
async function classicLoadBalancers(session: AwsSession, cluster: Cluster): Promise<readonly Leftover[]> {
  const client = session.client(ElasticLoadBalancingClient);
  const all = await allItems(
    paginateDescribeClassicLoadBalancers({ client }, {}),
    (page) => page.LoadBalancerDescriptions,
  );
  const names = all
    .filter(({ VPCId }) => VPCId === cluster.networkId)
    .map(({ LoadBalancerName = "" }) => LoadBalancerName);
  const responses = await Promise.all(
    batchesOf(names, TAGS_LIMIT).map((batch) =>
      client.send(new DescribeClassicTagsCommand({ LoadBalancerNames: [...batch] })),
    ),
  );
  return responses
    .flatMap(({ TagDescriptions = [] }) => TagDescriptions)
    .filter(({ Tags }) => isOwned(tagRecord(Tags), cluster))
    .map(({ LoadBalancerName: id = "" }) => ({ kind: "classic load balancer", id, name: id }));
}

/** Unused interfaces, left behind by nodes that ended abruptly. Interfaces in use are deleted with their users. */
async function networkInterfaces(session: AwsSession, cluster: Cluster): Promise<readonly Leftover[]> {
  const Filters = [
    { Name: "vpc-id", Values: [cluster.networkId] },
    { Name: "status", Values: ["available"] },
  ];
  const pages = paginateDescribeNetworkInterfaces({ client: session.client(EC2Client) }, { Filters });
  const unused = await allItems(pages, (page) => page.NetworkInterfaces);
  return unused
    .filter(({ TagSet }) => isOwned(tagRecord(TagSet), cluster))
    .map(({ NetworkInterfaceId: id = "", Description: name = "" }) => ({ kind: "network interface", id, name }));
}

/** Security groups of load balancers, and the rules that reference them: AWS does not delete a referenced group. */
async function securityGroups(session: AwsSession, cluster: Cluster): Promise<readonly Leftover[]> {
  const client = session.client(EC2Client);
  const Filters = [{ Name: "vpc-id", Values: [cluster.networkId] }];
  const all = await allItems(paginateDescribeSecurityGroups({ client }, { Filters }), (page) => page.SecurityGroups);
  const owned = all
    .filter(({ Tags }) => isOwned(tagRecord(Tags), cluster))
    .map(({ GroupId: id = "", GroupName: name = "" }) => ({ kind: "security group" as const, id, name }));
  if (owned.length === 0) return [];
  const groupIds = all.map(({ GroupId = "" }) => GroupId);
  const rules = await allItems(
    paginateDescribeSecurityGroupRules({ client }, { Filters: [{ Name: "group-id", Values: groupIds }] }),
    (page) => page.SecurityGroupRules,
  );
  return [...rules.flatMap((rule) => referencingRule(rule, owned)), ...owned];
}

/** The rule as a leftover when it references a group that is going to be deleted. */
function referencingRule(rule: SecurityGroupRule, groups: readonly Leftover[]): readonly Leftover[] {
  const { SecurityGroupRuleId: id = "", GroupId: groupId = "", IsEgress: isEgress = false } = rule;
  const referenced = groups.find((group) => group.id === rule.ReferencedGroupInfo?.GroupId);
  if (referenced === undefined) return [];
  const name = `of ${groupId}, references ${referenced.name}`;
  return [{ kind: "security group rule", id, name, rule: { groupId, isEgress } }];
}

/** Whether controllers of this cluster have set the tags. */
function isOwned(tags: Readonly<Record<string, string>>, { clusterName }: Cluster): boolean {
  // EKS's own security group: deleted with the cluster.
  if (tags["aws:eks:cluster-name"] !== undefined) return false;
  return (
    tags["elbv2.k8s.aws/cluster"] === clusterName ||
    tags["cluster.k8s.amazonaws.com/name"] === clusterName ||
    tags[`kubernetes.io/cluster/${clusterName}`] === "owned"
  );
}
