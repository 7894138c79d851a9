import { randomUUID } from "node:crypto";
import type { Call, Forward } from "../../call";
import { elements, listed, query, tagged } from "../../query";
import { type JsonObject, listOf, objectOf, textOf } from "../../response";

/** What EKS creates and returns for the network of a cluster. */
export interface ClusterNetwork {
  readonly vpcId: string;
  readonly clusterSecurityGroupId: string;
}

/**
 * Creates the security group of a cluster in the VPC of its subnets, as EKS does: control plane and nodes have it, and its members
 * reach each other. `undefined` if the subnets do not exist.
 */
export async function createClusterNetwork(
  call: Call,
  forward: Forward,
  name: string,
  request: JsonObject,
): Promise<ClusterNetwork | undefined> {
  const subnets = listOf(objectOf(request["resourcesVpcConfig"])["subnetIds"]).map(textOf);
  if (subnets.length === 0) return undefined;
  const found = await query(forward, call, "ec2", "DescribeSubnets", listed("SubnetId", subnets));
  const [vpcId] = elements(found, "vpcId");
  if (vpcId === undefined) return undefined;
  const groupName = `eks-cluster-sg-${name}-${randomUUID().slice(0, 8)}`;
  const created = await query(forward, call, "ec2", "CreateSecurityGroup", {
    GroupName: groupName,
    GroupDescription:
      "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
    VpcId: vpcId,
    "TagSpecification.1.ResourceType": "security-group",
    ...tagged("TagSpecification.1.Tag", {
      Name: groupName,
      "aws:eks:cluster-name": name,
      [`kubernetes.io/cluster/${name}`]: "owned",
    }),
  });
  const [clusterSecurityGroupId] = elements(created, "groupId");
  if (clusterSecurityGroupId === undefined) return undefined;
  await query(forward, call, "ec2", "AuthorizeSecurityGroupIngress", {
    GroupId: clusterSecurityGroupId,
    "IpPermissions.1.IpProtocol": "-1",
    "IpPermissions.1.Groups.1.GroupId": clusterSecurityGroupId,
  });
  return { vpcId, clusterSecurityGroupId };
}

/** Deletes the security group of a cluster. */
export async function deleteClusterNetwork(call: Call, forward: Forward, kept: JsonObject): Promise<void> {
  const group = textOf(objectOf(kept["resourcesVpcConfig"])["clusterSecurityGroupId"]);
  if (group !== "") await query(forward, call, "ec2", "DeleteSecurityGroup", { GroupId: group });
}
