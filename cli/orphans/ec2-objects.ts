import {
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeDhcpOptions,
  paginateDescribeEgressOnlyInternetGateways,
  paginateDescribeFlowLogs,
  paginateDescribeInstances,
  paginateDescribeInternetGateways,
  paginateDescribeLaunchTemplates,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
  type Tag,
} from "@aws-sdk/client-ec2";
import type { AwsSession } from "../aws/aws-session";
import { allItems } from "../aws/pages";

/** An existing EC2 resource. */
export interface Ec2Object {
  readonly kind: string;
  readonly id: string | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly parent?: string | undefined;
}

interface Config {
  readonly client: EC2Client;
}

/** Lists the resources of one kind, except those that are being deleted. */
type List = (config: Config) => Promise<readonly Omit<Ec2Object, "kind">[]>;

/**
 * The request that lists each kind. DescribeTags would be one request, but it also returns recently deleted resources, and no
 * parents.
 */
const LISTS: Readonly<Record<string, List>> = {
  instance: async (config) => {
    const reservations = await allItems(paginateDescribeInstances(config, {}), (page) => page.Reservations);
    // Terminated instances are listed for an hour.
    return reservations
      .flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => State?.Name !== "terminated")
      .map(({ InstanceId: id, Tags: tags }) => ({ id, tags }));
  },
  "nat-gateway": async (config) => {
    const gateways = await allItems(paginateDescribeNatGateways(config, {}), (page) => page.NatGateways);
    // So are deleted NAT gateways.
    return gateways
      .filter(({ State }) => State !== "deleted" && State !== "deleting")
      .map(({ NatGatewayId: id, Tags: tags }) => ({ id, tags }));
  },
  "vpc-endpoint": async (config) => {
    const endpoints = await allItems(paginateDescribeVpcEndpoints(config, {}), (page) => page.VpcEndpoints);
    return endpoints
      .filter(({ State }) => !/^delet/i.test(State ?? ""))
      .map(({ VpcEndpointId: id, Tags: tags }) => ({ id, tags }));
  },
  "vpc-flow-log": async (config) =>
    (await allItems(paginateDescribeFlowLogs(config, {}), (page) => page.FlowLogs)).map(
      ({ FlowLogId: id, Tags: tags }) => ({ id, tags }),
    ),
  // This API has no pages.
  "elastic-ip": async ({ client }) => {
    const { Addresses = [] } = await client.send(new DescribeAddressesCommand({}));
    return Addresses.map(({ AllocationId: id, Tags: tags }) => ({ id, tags }));
  },
  "network-interface": async (config) =>
    (await allItems(paginateDescribeNetworkInterfaces(config, {}), (page) => page.NetworkInterfaces)).map(
      ({ NetworkInterfaceId: id, TagSet: tags }) => ({ id, tags }),
    ),
  "launch-template": async (config) =>
    (await allItems(paginateDescribeLaunchTemplates(config, {}), (page) => page.LaunchTemplates)).map(
      ({ LaunchTemplateId: id, Tags: tags }) => ({ id, tags }),
    ),
  volume: async (config) => {
    const volumes = await allItems(paginateDescribeVolumes(config, {}), (page) => page.Volumes);
    // An instance's own volumes are deleted with it.
    return volumes
      .filter(({ Attachments = [] }) => !Attachments.some(({ DeleteOnTermination }) => DeleteOnTermination === true))
      .map(({ VolumeId: id, Tags: tags }) => ({ id, tags }));
  },
  "security-group-ingress-rule": (config) => securityGroupRules(config, false),
  "security-group-egress-rule": (config) => securityGroupRules(config, true),
  "security-group": async (config) =>
    (await allItems(paginateDescribeSecurityGroups(config, {}), (page) => page.SecurityGroups)).map(
      ({ GroupId: id, Tags: tags }) => ({ id, tags }),
    ),
  "internet-gateway": async (config) =>
    (await allItems(paginateDescribeInternetGateways(config, {}), (page) => page.InternetGateways)).map(
      ({ InternetGatewayId: id, Attachments, Tags: tags }) => ({ id, tags, parent: Attachments?.[0]?.VpcId }),
    ),
  "egress-only-internet-gateway": async (config) =>
    (
      await allItems(paginateDescribeEgressOnlyInternetGateways(config, {}), (page) => page.EgressOnlyInternetGateways)
    ).map(({ EgressOnlyInternetGatewayId: id, Tags: tags }) => ({ id, tags })),
  subnet: async (config) =>
    (await allItems(paginateDescribeSubnets(config, {}), (page) => page.Subnets)).map(
      ({ SubnetId: id, Tags: tags }) => ({ id, tags }),
    ),
  "route-table": async (config) =>
    (await allItems(paginateDescribeRouteTables(config, {}), (page) => page.RouteTables)).map(
      ({ RouteTableId: id, Tags: tags }) => ({ id, tags }),
    ),
  "network-acl": async (config) =>
    (await allItems(paginateDescribeNetworkAcls(config, {}), (page) => page.NetworkAcls)).map(
      ({ NetworkAclId: id, Tags: tags }) => ({ id, tags }),
    ),
  vpc: async (config) =>
    (await allItems(paginateDescribeVpcs(config, {}), (page) => page.Vpcs)).map(({ VpcId: id, Tags: tags }) => ({
      id,
      tags,
    })),
  "dhcp-options": async (config) =>
    (await allItems(paginateDescribeDhcpOptions(config, {}), (page) => page.DhcpOptions)).map(
      ({ DhcpOptionsId: id, Tags: tags }) => ({ id, tags }),
    ),
};

async function securityGroupRules(config: Config, isEgress: boolean): Promise<readonly Omit<Ec2Object, "kind">[]> {
  const rules = await allItems(paginateDescribeSecurityGroupRules(config, {}), (page) => page.SecurityGroupRules);
  return rules
    .filter(({ IsEgress = false }) => IsEgress === isEgress)
    .map(({ SecurityGroupRuleId: id, GroupId: parent, Tags: tags }) => ({ id, tags, parent }));
}

/** All existing EC2 resources of a region, of the kinds that the library creates. */
export async function ec2Objects(session: AwsSession): Promise<readonly Ec2Object[]> {
  const config = { client: session.client(EC2Client) };
  const lists = Object.entries(LISTS).map(async ([kind, list]) =>
    (await list(config)).map((object) => ({ kind, ...object })),
  );
  return (await Promise.all(lists)).flat();
}
