import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import type { LoadBalancerModel } from "./model";
import { backendGroupName } from "./names";
import type { ClusterNetwork } from "./subnets";
import { asList, asRecord, CLUSTER_TAG, hasTags, resourceTags, type Tags } from "./tags";

/** Description of the rules with which nodes and pods admit load balancers. */
const RULE = "elbv2.k8s.aws/targetGroupBinding=shared";

const FRONTEND = "ManagedLBSecurityGroup";
const BACKEND: Tags = { "elbv2.k8s.aws/resource": "backend-sg" };

/** The security groups that the controller creates: one for the clients of each load balancer, and one for all of their targets. */
export class SecurityGroups {
  constructor(
    private readonly ec2: EC2Client,
    private readonly network: ClusterNetwork,
  ) {}

  /** The group that admits the clients of a load balancer. */
  async frontend(model: LoadBalancerModel): Promise<string> {
    const tags = resourceTags(this.network.cluster, model.stack, FRONTEND);
    const found = await this.find(tags);
    const description = "[k8s] Managed SecurityGroup for LoadBalancer";
    const id = found?.GroupId ?? (await this.create(model.name, description, { ...model.tags, ...tags }));
    await this.setIngress(id, found?.IpPermissions ?? [], clientPermissions(model));
    return id;
  }

  /** The group by which targets recognize the load balancers of the cluster. */
  async backend(defaultTags: Tags): Promise<string> {
    const tags = { ...BACKEND, [CLUSTER_TAG]: this.network.cluster };
    const found = await this.find(tags);
    const description = "[k8s] Shared Backend SecurityGroup for LoadBalancer";
    return (
      found?.GroupId ?? this.create(backendGroupName(this.network.cluster), description, { ...defaultTags, ...tags })
    );
  }

  /** Admits the load balancers of the cluster to the ports of their targets, in the group of the nodes. */
  async admit(nodeGroups: readonly string[], backend: string, ports: readonly number[]): Promise<void> {
    const expected: IpPermission[] =
      ports.length === 0
        ? []
        : [
            {
              IpProtocol: "tcp",
              FromPort: Math.min(...ports),
              ToPort: Math.max(...ports),
              UserIdGroupPairs: [{ GroupId: backend, Description: RULE }],
            },
          ];
    for (const group of await this.nodeGroups(nodeGroups))
      await this.setIngress(group.GroupId ?? "", permissionsFrom(group, backend), expected);
  }

  /** Deletes the group of a load balancer that no longer exists. */
  async deleteFrontend(stack: string): Promise<void> {
    const found = await this.find(resourceTags(this.network.cluster, stack, FRONTEND));
    if (found?.GroupId !== undefined) await this.ec2.send(new DeleteSecurityGroupCommand({ GroupId: found.GroupId }));
  }

  /** Deletes the group of all load balancers, and the rules that refer to it, when the cluster has none left. */
  async deleteBackend(nodeGroups: readonly string[]): Promise<void> {
    const found = await this.find({ ...BACKEND, [CLUSTER_TAG]: this.network.cluster });
    if (found?.GroupId === undefined) return;
    await this.admit(nodeGroups, found.GroupId, []);
    await this.ec2.send(new DeleteSecurityGroupCommand({ GroupId: found.GroupId }));
  }

  /** Of several groups of a node, the one with the tag of the cluster. */
  private async nodeGroups(ids: readonly string[]): Promise<readonly SecurityGroup[]> {
    if (ids.length === 0) return [];
    const { SecurityGroups: found = [] } = await this.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [...new Set(ids)] }),
    );
    const owned = found.filter(({ Tags }) => asRecord(Tags)[`kubernetes.io/cluster/${this.network.cluster}`]);
    return owned.length === 0 ? found : owned;
  }

  private async find(tags: Tags): Promise<SecurityGroup | undefined> {
    const Filters = [{ Name: "vpc-id", Values: [this.network.vpcId] }];
    const { SecurityGroups: groups = [] } = await this.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    return groups.find((group) => hasTags(asRecord(group.Tags), tags));
  }

  private async create(GroupName: string, Description: string, tags: Tags): Promise<string> {
    const TagSpecifications = [{ ResourceType: "security-group" as const, Tags: asList(tags) }];
    const VpcId = this.network.vpcId;
    const { GroupId = "" } = await this.ec2.send(
      new CreateSecurityGroupCommand({ GroupName, Description, VpcId, TagSpecifications }),
    );
    return GroupId;
  }

  private async setIngress(
    GroupId: string,
    existing: readonly IpPermission[],
    expected: readonly IpPermission[],
  ): Promise<void> {
    const current = existing.flatMap(single);
    const added = expected.filter((each) => !current.some((other) => isSame(each, other)));
    const removed = current.filter((each) => !expected.some((other) => isSame(each, other)));
    if (removed.length > 0)
      await this.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [...removed] }));
    if (added.length > 0)
      await this.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [...added] }));
  }
}

function clientPermissions({
  listeners,
  inboundCidrs,
  prefixLists,
  ipAddressType,
}: LoadBalancerModel): readonly IpPermission[] {
  const anyone = ipAddressType === "ipv4" ? ["0.0.0.0/0"] : ["0.0.0.0/0", "::/0"];
  const cidrs = inboundCidrs.length + prefixLists.length === 0 ? anyone : inboundCidrs;
  return listeners.flatMap(({ port }) => {
    const rule = { IpProtocol: "tcp", FromPort: port, ToPort: port };
    return [
      ...cidrs.map((cidr) =>
        cidr.includes(":") ? { ...rule, Ipv6Ranges: [{ CidrIpv6: cidr }] } : { ...rule, IpRanges: [{ CidrIp: cidr }] },
      ),
      ...prefixLists.map((PrefixListId) => ({ ...rule, PrefixListIds: [{ PrefixListId }] })),
    ];
  });
}

/** The permissions of a group whose source is the given group. */
function permissionsFrom({ IpPermissions = [] }: SecurityGroup, source: string): readonly IpPermission[] {
  return IpPermissions.flatMap(single).filter(
    ({ UserIdGroupPairs: [pair] = [] }) => pair?.GroupId === source && pair.Description === RULE,
  );
}

/** Permissions with one source each: the API joins those with the same ports. */
function single({ IpProtocol, FromPort, ToPort, ...sources }: IpPermission): readonly IpPermission[] {
  const ports = { IpProtocol, FromPort, ToPort };
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = sources;
  return [
    ...IpRanges.map(({ CidrIp }) => ({ ...ports, IpRanges: [{ CidrIp }] })),
    ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ ...ports, Ipv6Ranges: [{ CidrIpv6 }] })),
    ...PrefixListIds.map(({ PrefixListId }) => ({ ...ports, PrefixListIds: [{ PrefixListId }] })),
    ...UserIdGroupPairs.map(({ GroupId, Description }) => ({ ...ports, UserIdGroupPairs: [{ GroupId, Description }] })),
  ];
}

function isSame(one: IpPermission, other: IpPermission): boolean {
  return JSON.stringify(single(one)) === JSON.stringify(single(other));
}
