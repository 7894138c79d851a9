import type { EC2Client, Tag } from "@aws-sdk/client-ec2";
import {
  DescribeAddressesCommand,
  DescribeDhcpOptionsCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";

/** Something of EC2 that stands. */
export interface Ec2Object {
  readonly kind: string;
  readonly id: string | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly parent?: string | undefined;
}

interface Page {
  readonly objects: readonly Ec2Object[];
  readonly next?: string | undefined;
}

type List = (ec2: EC2Client, NextToken: string | undefined) => Promise<Page>;

/**
 * How each kind is listed. Not by DescribeTags: that also tells of what was deleted a moment ago, and says of nothing what
 * it belongs to.
 */
const LISTS: readonly List[] = [
  async (ec2, NextToken) => {
    const { Reservations = [], NextToken: next } = await ec2.send(new DescribeInstancesCommand({ NextToken }));
    // Terminated machines stay visible for an hour.
    const standing = Reservations.flatMap(({ Instances = [] }) => Instances).filter(
      ({ State }) => State?.Name !== "terminated",
    );
    return { objects: standing.map(({ InstanceId: id, Tags: tags }) => ({ kind: "instance", id, tags })), next };
  },
  async (ec2, NextToken) => {
    const { NatGateways = [], NextToken: next } = await ec2.send(new DescribeNatGatewaysCommand({ NextToken }));
    // So do deleted gateways.
    const standing = NatGateways.filter(({ State }) => State !== "deleted" && State !== "deleting");
    return { objects: standing.map(({ NatGatewayId: id, Tags: tags }) => ({ kind: "nat-gateway", id, tags })), next };
  },
  async (ec2, NextToken) => {
    const { VpcEndpoints = [], NextToken: next } = await ec2.send(new DescribeVpcEndpointsCommand({ NextToken }));
    const standing = VpcEndpoints.filter(({ State }) => !/^delet/i.test(State ?? ""));
    return { objects: standing.map(({ VpcEndpointId: id, Tags: tags }) => ({ kind: "vpc-endpoint", id, tags })), next };
  },
  async (ec2, NextToken) => {
    const { FlowLogs = [], NextToken: next } = await ec2.send(new DescribeFlowLogsCommand({ NextToken }));
    return { objects: FlowLogs.map(({ FlowLogId: id, Tags: tags }) => ({ kind: "vpc-flow-log", id, tags })), next };
  },
  async (ec2) => {
    const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}));
    return { objects: Addresses.map(({ AllocationId: id, Tags: tags }) => ({ kind: "elastic-ip", id, tags })) };
  },
  async (ec2, NextToken) => {
    const { NetworkInterfaces = [], NextToken: next } = await ec2.send(
      new DescribeNetworkInterfacesCommand({ NextToken }),
    );
    return {
      objects: NetworkInterfaces.map(({ NetworkInterfaceId: id, TagSet: tags }) => ({
        kind: "network-interface",
        id,
        tags,
      })),
      next,
    };
  },
  async (ec2, NextToken) => {
    const { LaunchTemplates = [], NextToken: next } = await ec2.send(new DescribeLaunchTemplatesCommand({ NextToken }));
    return {
      objects: LaunchTemplates.map(({ LaunchTemplateId: id, Tags: tags }) => ({ kind: "launch-template", id, tags })),
      next,
    };
  },
  async (ec2, NextToken) => {
    const { Volumes = [], NextToken: next } = await ec2.send(new DescribeVolumesCommand({ NextToken }));
    // A machine's own volumes go with it.
    const own = Volumes.filter(
      ({ Attachments = [] }) => !Attachments.some(({ DeleteOnTermination }) => DeleteOnTermination === true),
    );
    return { objects: own.map(({ VolumeId: id, Tags: tags }) => ({ kind: "volume", id, tags })), next };
  },
  async (ec2, NextToken) => {
    const { SecurityGroupRules = [], NextToken: next } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ NextToken }),
    );
    const objects = SecurityGroupRules.map(({ SecurityGroupRuleId: id, IsEgress, GroupId: parent, Tags: tags }) => ({
      kind: IsEgress === true ? "security-group-egress-rule" : "security-group-ingress-rule",
      id,
      tags,
      parent,
    }));
    return { objects, next };
  },
  async (ec2, NextToken) => {
    const { SecurityGroups = [], NextToken: next } = await ec2.send(new DescribeSecurityGroupsCommand({ NextToken }));
    return {
      objects: SecurityGroups.map(({ GroupId: id, Tags: tags }) => ({ kind: "security-group", id, tags })),
      next,
    };
  },
  async (ec2, NextToken) => {
    const { InternetGateways = [], NextToken: next } = await ec2.send(
      new DescribeInternetGatewaysCommand({ NextToken }),
    );
    const objects = InternetGateways.map(({ InternetGatewayId: id, Attachments, Tags: tags }) => ({
      kind: "internet-gateway",
      id,
      tags,
      parent: Attachments?.[0]?.VpcId,
    }));
    return { objects, next };
  },
  async (ec2, NextToken) => {
    const { EgressOnlyInternetGateways = [], NextToken: next } = await ec2.send(
      new DescribeEgressOnlyInternetGatewaysCommand({ NextToken }),
    );
    return {
      objects: EgressOnlyInternetGateways.map(({ EgressOnlyInternetGatewayId: id, Tags: tags }) => ({
        kind: "egress-only-internet-gateway",
        id,
        tags,
      })),
      next,
    };
  },
  async (ec2, NextToken) => {
    const { Subnets = [], NextToken: next } = await ec2.send(new DescribeSubnetsCommand({ NextToken }));
    return { objects: Subnets.map(({ SubnetId: id, Tags: tags }) => ({ kind: "subnet", id, tags })), next };
  },
  async (ec2, NextToken) => {
    const { RouteTables = [], NextToken: next } = await ec2.send(new DescribeRouteTablesCommand({ NextToken }));
    return {
      objects: RouteTables.map(({ RouteTableId: id, Tags: tags }) => ({ kind: "route-table", id, tags })),
      next,
    };
  },
  async (ec2, NextToken) => {
    const { NetworkAcls = [], NextToken: next } = await ec2.send(new DescribeNetworkAclsCommand({ NextToken }));
    return {
      objects: NetworkAcls.map(({ NetworkAclId: id, Tags: tags }) => ({ kind: "network-acl", id, tags })),
      next,
    };
  },
  async (ec2, NextToken) => {
    const { Vpcs = [], NextToken: next } = await ec2.send(new DescribeVpcsCommand({ NextToken }));
    return { objects: Vpcs.map(({ VpcId: id, Tags: tags }) => ({ kind: "vpc", id, tags })), next };
  },
  async (ec2, NextToken) => {
    const { DhcpOptions = [], NextToken: next } = await ec2.send(new DescribeDhcpOptionsCommand({ NextToken }));
    return {
      objects: DhcpOptions.map(({ DhcpOptionsId: id, Tags: tags }) => ({ kind: "dhcp-options", id, tags })),
      next,
    };
  },
];

/** Everything of EC2 that stands in a region, of the kinds that the library makes. */
export async function ec2Objects(ec2: EC2Client): Promise<readonly Ec2Object[]> {
  return (await Promise.all(LISTS.map((list) => allPages(ec2, list)))).flat();
}

async function allPages(ec2: EC2Client, list: List): Promise<readonly Ec2Object[]> {
  const objects: Ec2Object[] = [];
  let next: string | undefined;
  do {
    const page = await list(ec2, next);
    objects.push(...page.objects);
    next = page.next;
  } while (next !== undefined && next !== "");
  return objects;
}
