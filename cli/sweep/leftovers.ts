import type { Aws } from "./aws";

/** Kinds of things that a cluster's programs make in AWS, in the order in which AWS lets go of them. */
export const KINDS = [
  "load balancer",
  "classic load balancer",
  "target group",
  "security group rule",
  "network interface",
  "security group",
] as const;

/** Something that stands in a cluster's network and that no code of ours has made. */
export interface Stray {
  readonly kind: (typeof KINDS)[number];
  /** What AWS's commands call it by. */
  readonly id: string;
  /** What a person knows it by. */
  readonly name: string;
  /** Commands that delete it, without `aws` and the region. */
  readonly remove: readonly (readonly string[])[];
}

/** Whose things are looked for, and where. */
export interface Cluster {
  readonly clusterName: string;
  readonly networkId: string;
}

type Tags = readonly { readonly Key?: string; readonly Value?: string }[];

/**
 * Everything in a cluster's network that carries the tags of its load balancer controller, of its cloud controller or of
 * its network plugin, and the rules of other groups that speak of such a group.
 *
 * What EKS itself keeps for the cluster carries the same tag, and one more: that goes with the cluster and is left alone.
 */
export async function findStrays(aws: Aws, cluster: Cluster): Promise<readonly Stray[]> {
  const looks = [loadBalancers, classicLoadBalancers, targetGroups, networkInterfaces, securityGroups];
  const found = (await Promise.all(looks.map((look) => look(aws, cluster)))).flat();
  return found.sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));
}

async function loadBalancers(aws: Aws, cluster: Cluster): Promise<readonly Stray[]> {
  const { LoadBalancers = [] } = (await aws(["elbv2", "describe-load-balancers"])) as {
    LoadBalancers?: readonly { LoadBalancerArn: string; LoadBalancerName: string; VpcId: string }[];
  };
  const here = LoadBalancers.filter(({ VpcId }) => VpcId === cluster.networkId);
  const own = await ownedOf(
    aws,
    here.map(({ LoadBalancerArn }) => LoadBalancerArn),
    cluster,
  );
  return here
    .filter(({ LoadBalancerArn }) => own.has(LoadBalancerArn))
    .map(({ LoadBalancerArn: id, LoadBalancerName: name }) => ({
      ...{ kind: "load balancer" as const, id, name },
      remove: [
        ["elbv2", "delete-load-balancer", "--load-balancer-arn", id],
        ["elbv2", "wait", "load-balancers-deleted", "--load-balancer-arns", id],
      ],
    }));
}

/** What a Service of type LoadBalancer is without a controller of its own. */
async function classicLoadBalancers(aws: Aws, cluster: Cluster): Promise<readonly Stray[]> {
  const { LoadBalancerDescriptions = [] } = (await aws(["elb", "describe-load-balancers"])) as {
    LoadBalancerDescriptions?: readonly { LoadBalancerName: string; VPCId?: string }[];
  };
  const here = LoadBalancerDescriptions.filter(({ VPCId }) => VPCId === cluster.networkId);
  const tagged = await inParts(
    here.map(({ LoadBalancerName }) => LoadBalancerName),
    async (names) => {
      const { TagDescriptions = [] } = (await aws(["elb", "describe-tags", "--load-balancer-names", ...names])) as {
        TagDescriptions?: readonly { LoadBalancerName: string; Tags?: Tags }[];
      };
      return TagDescriptions;
    },
  );
  return tagged
    .filter(({ Tags }) => isOwned(Tags, cluster))
    .map(({ LoadBalancerName: id }) => ({
      ...{ kind: "classic load balancer" as const, id, name: id },
      remove: [["elb", "delete-load-balancer", "--load-balancer-name", id]],
    }));
}

async function targetGroups(aws: Aws, cluster: Cluster): Promise<readonly Stray[]> {
  const { TargetGroups = [] } = (await aws(["elbv2", "describe-target-groups"])) as {
    TargetGroups?: readonly { TargetGroupArn: string; TargetGroupName: string; VpcId?: string }[];
  };
  const here = TargetGroups.filter(({ VpcId }) => VpcId === cluster.networkId);
  const own = await ownedOf(
    aws,
    here.map(({ TargetGroupArn }) => TargetGroupArn),
    cluster,
  );
  return here
    .filter(({ TargetGroupArn }) => own.has(TargetGroupArn))
    .map(({ TargetGroupArn: id, TargetGroupName: name }) => ({
      ...{ kind: "target group" as const, id, name },
      remove: [["elbv2", "delete-target-group", "--target-group-arn", id]],
    }));
}

/** Interfaces that a node which ended abruptly has left behind. Those in use go with what uses them. */
async function networkInterfaces(aws: Aws, cluster: Cluster): Promise<readonly Stray[]> {
  const filters = ["--filters", `Name=vpc-id,Values=${cluster.networkId}`, "Name=status,Values=available"];
  const { NetworkInterfaces = [] } = (await aws(["ec2", "describe-network-interfaces", ...filters])) as {
    NetworkInterfaces?: readonly { NetworkInterfaceId: string; Description?: string; TagSet?: Tags }[];
  };
  return NetworkInterfaces.filter(({ TagSet }) => isOwned(TagSet, cluster)).map(
    ({ NetworkInterfaceId: id, Description = "" }) => ({
      ...{ kind: "network interface" as const, id, name: Description },
      remove: [["ec2", "delete-network-interface", "--network-interface-id", id]],
    }),
  );
}

/** Groups of load balancers, and before them the rules of any group that let them in: AWS keeps a group that a rule speaks of. */
async function securityGroups(aws: Aws, cluster: Cluster): Promise<readonly Stray[]> {
  const filter = ["--filters", `Name=vpc-id,Values=${cluster.networkId}`];
  const { SecurityGroups = [] } = (await aws(["ec2", "describe-security-groups", ...filter])) as {
    SecurityGroups?: readonly { GroupId: string; GroupName: string; Tags?: Tags }[];
  };
  const own = SecurityGroups.filter(({ Tags }) => isOwned(Tags, cluster));
  if (own.length === 0) return [];
  const names = new Map(own.map(({ GroupId, GroupName }) => [GroupId, GroupName]));
  const groups = SecurityGroups.map(({ GroupId }) => GroupId).join(",");
  const { SecurityGroupRules = [] } = (await aws([
    "ec2",
    "describe-security-group-rules",
    "--filters",
    `Name=group-id,Values=${groups}`,
  ])) as { SecurityGroupRules?: readonly Rule[] };
  return [
    ...SecurityGroupRules.flatMap((rule) => revocation(rule, names)),
    ...own.map(({ GroupId: id, GroupName: name }) => ({
      ...{ kind: "security group" as const, id, name },
      remove: [["ec2", "delete-security-group", "--group-id", id]],
    })),
  ];
}

interface Rule {
  readonly SecurityGroupRuleId: string;
  readonly GroupId: string;
  readonly IsEgress?: boolean;
  readonly ReferencedGroupInfo?: { readonly GroupId?: string };
}

function revocation(rule: Rule, names: ReadonlyMap<string, string>): readonly Stray[] {
  const { SecurityGroupRuleId: id, GroupId: group, IsEgress: outward, ReferencedGroupInfo } = rule;
  const name = names.get(ReferencedGroupInfo?.GroupId ?? "");
  if (name === undefined) return [];
  const revoke = outward === true ? "revoke-security-group-egress" : "revoke-security-group-ingress";
  return [
    {
      ...{ kind: "security group rule", id, name: `of ${group}, about ${name}` },
      remove: [["ec2", revoke, "--group-id", group, "--security-group-rule-ids", id]],
    },
  ];
}

/** Those of some load balancers or target groups that are the cluster's. */
async function ownedOf(aws: Aws, arns: readonly string[], cluster: Cluster): Promise<ReadonlySet<string>> {
  const tagged = await inParts(arns, async (part) => {
    const { TagDescriptions = [] } = (await aws(["elbv2", "describe-tags", "--resource-arns", ...part])) as {
      TagDescriptions?: readonly { ResourceArn: string; Tags?: Tags }[];
    };
    return TagDescriptions;
  });
  return new Set(tagged.filter(({ Tags }) => isOwned(Tags, cluster)).map(({ ResourceArn }) => ResourceArn));
}

/** AWS tells the tags of at most twenty load balancers at once. */
async function inParts<T>(
  all: readonly string[],
  ask: (part: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const answers: T[] = [];
  for (let from = 0; from < all.length; from += 20) answers.push(...(await ask(all.slice(from, from + 20))));
  return answers;
}

/** Whether tags are those that programs of this cluster put on what they make. */
function isOwned(tags: Tags | undefined, { clusterName }: Cluster): boolean {
  const value = (key: string) => tags?.find(({ Key }) => Key === key)?.Value;
  // EKS's own group for the cluster: it goes with the cluster.
  if (value("aws:eks:cluster-name") !== undefined) return false;
  return (
    value("elbv2.k8s.aws/cluster") === clusterName ||
    value("cluster.k8s.amazonaws.com/name") === clusterName ||
    value(`kubernetes.io/cluster/${clusterName}`) === "owned"
  );
}
