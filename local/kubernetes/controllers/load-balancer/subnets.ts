import { DescribeSubnetsCommand, type EC2Client, type Subnet } from "@aws-sdk/client-ec2";
import { asRecord } from "./tags";
import type { LoadBalancerModel } from "./model";

/** The network of a cluster. */
export interface ClusterNetwork {
  readonly cluster: string;
  readonly vpcId: string;
}

const ROLES = { "internet-facing": "kubernetes.io/role/elb", internal: "kubernetes.io/role/internal-elb" } as const;

/**
 * The subnets of a load balancer: those that the Ingress names, else one of each zone with the tag for its scheme, without those of
 * another cluster. Throws below two zones, which an Application Load Balancer requires.
 */
export async function subnetsFor(
  ec2: EC2Client,
  { cluster, vpcId }: ClusterNetwork,
  { scheme, subnets }: Pick<LoadBalancerModel, "scheme" | "subnets">,
): Promise<readonly string[]> {
  const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  const chosen =
    subnets.length > 0
      ? Subnets.filter((each) => subnets.includes(each.SubnetId ?? "") || subnets.includes(nameOf(each)))
      : onePerZone(
          Subnets.filter((each) => ["1", ""].includes(asRecord(each.Tags)[ROLES[scheme]] ?? "no")),
          cluster,
        );
  if (new Set(chosen.map(({ AvailabilityZone }) => AvailabilityZone)).size < 2)
    throw new Error(`the load balancer needs subnets of ${vpcId} in two zones with the tag ${ROLES[scheme]}`);
  return chosen.map(({ SubnetId = "" }) => SubnetId).sort();
}

/** Of several subnets in a zone, that of the cluster is preferred, then the one with the lowest id. */
function onePerZone(subnets: readonly Subnet[], cluster: string): readonly Subnet[] {
  const usable = subnets.filter((subnet) => isOfCluster(subnet, cluster) || !isOfAnyCluster(subnet));
  const preferred = [...usable].sort(
    (one, other) =>
      Number(isOfCluster(other, cluster)) - Number(isOfCluster(one, cluster)) ||
      ((one.SubnetId ?? "") < (other.SubnetId ?? "") ? -1 : 1),
  );
  const zones = new Map<string, Subnet>();
  for (const subnet of preferred)
    if (!zones.has(subnet.AvailabilityZone ?? "")) zones.set(subnet.AvailabilityZone ?? "", subnet);
  return [...zones.values()];
}

function isOfCluster({ Tags }: Subnet, cluster: string): boolean {
  return asRecord(Tags)[`kubernetes.io/cluster/${cluster}`] !== undefined;
}

function isOfAnyCluster({ Tags = [] }: Subnet): boolean {
  return Tags.some(({ Key = "" }) => Key.startsWith("kubernetes.io/cluster/"));
}

function nameOf({ Tags }: Subnet): string {
  return asRecord(Tags)["Name"] ?? "";
}
