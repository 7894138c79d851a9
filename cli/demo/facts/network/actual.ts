import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import {
  EC2Client,
  type FlowLog,
  type NatGateway,
  paginateDescribeFlowLogs,
  paginateDescribeNatGateways,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type RouteTable,
  type Subnet,
  type Vpc,
} from "@aws-sdk/client-ec2";
import type { AwsSession } from "../../../aws/aws-session";
import { allItems } from "../../../aws/pages";
import type { Fact } from "../fact";
import { gatewayEgress, natEgress, NO_EGRESS, retentionSummary } from "./summary";

/** The network of a stack from AWS's API. It is found by tag: every taggable resource has the tag `Stack`. */
export async function actualNetwork(session: AwsSession, stackId: string): Promise<readonly Fact[]> {
  const Filters = [{ Name: "tag:Stack", Values: [stackId] }];
  const pages = paginateDescribeVpcs({ client: session.client(EC2Client) }, { Filters });
  const vpcs = await allItems(pages, (page) => page.Vpcs);
  return (await Promise.all(vpcs.map((vpc) => vpcFacts(session, vpc)))).flat();
}

async function vpcFacts(session: AwsSession, { VpcId = "", CidrBlock = "" }: Vpc): Promise<readonly Fact[]> {
  const config = { client: session.client(EC2Client) };
  const Filters = [{ Name: "vpc-id", Values: [VpcId] }];
  const network = new ActualNetwork(
    await allItems(paginateDescribeSubnets(config, { Filters }), (page) => page.Subnets),
    await allItems(paginateDescribeRouteTables(config, { Filters }), (page) => page.RouteTables),
    await allItems(paginateDescribeNatGateways(config, { Filter: Filters }), (page) => page.NatGateways),
  );
  const Filter = [{ Name: "resource-id", Values: [VpcId] }];
  const flowLogs = await allItems(paginateDescribeFlowLogs(config, { Filter }), (page) => page.FlowLogs);
  const logFacts = await Promise.all(flowLogs.map((log) => flowLogFact(session, log)));
  return [{ subject: "network", value: CidrBlock }, ...network.facts(), ...logFacts];
}

class ActualNetwork {
  constructor(
    private readonly subnets: readonly Subnet[],
    private readonly routeTables: readonly RouteTable[],
    private readonly natGateways: readonly NatGateway[],
  ) {}

  facts(): readonly Fact[] {
    return [
      ...this.subnets.map((subnet) => ({
        subject: `subnet ${subnet.CidrBlock ?? ""}`,
        value: `${subnet.AvailabilityZone ?? ""}, ${this.egressOf(subnet)}`,
      })),
      ...this.natGateways.map((nat) => ({ subject: `NAT gateway in ${this.zoneOf(nat)}`, value: nat.State ?? "" })),
    ];
  }

  private egressOf({ SubnetId }: Subnet): string {
    const table = this.routeTables.find(({ Associations = [] }) =>
      Associations.some((association) => association.SubnetId === SubnetId),
    );
    const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0");
    if (route === undefined) return NO_EGRESS;
    const nat = this.natGateways.find(({ NatGatewayId }) => NatGatewayId === route.NatGatewayId);
    return nat === undefined ? gatewayEgress(route.GatewayId !== undefined) : natEgress(this.zoneOf(nat));
  }

  private zoneOf(nat: NatGateway): string {
    return this.subnets.find(({ SubnetId }) => SubnetId === nat.SubnetId)?.AvailabilityZone ?? "";
  }
}

async function flowLogFact(
  session: AwsSession,
  { TrafficType, LogDestinationType, LogDestination = "" }: FlowLog,
): Promise<Fact> {
  if (LogDestinationType === "s3") return { subject: "flow logs", value: `${String(TrafficType)} to a bucket` };
  const name = /:log-group:([^:]+)/.exec(LogDestination)?.[1] ?? "";
  const client = session.client(CloudWatchLogsClient);
  const pages = paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name });
  const groups = await allItems(pages, (page) => page.logGroups);
  const retention = groups.find(({ logGroupName }) => logGroupName === name)?.retentionInDays;
  return { subject: "flow logs", value: `${String(TrafficType)} to ${name}, ${retentionSummary(retention)}` };
}
