import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { FlowLog, NatGateway, RouteTable, Subnet } from "@aws-sdk/client-ec2";
import {
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import type { Clients } from "@groundwork/local/aws/clients";
import type { Fact } from "../fact";
import { keptFor } from "./expected";

/** What the cloud's API says about a stack's network. Found by tag: every taggable resource says which stack made it. */
export async function foundNetwork(clients: Clients, stackId: string): Promise<readonly Fact[]> {
  const { ec2 } = clients;
  const { Vpcs = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: "tag:Stack", Values: [stackId] }] }),
  );
  const facts = await Promise.all(
    Vpcs.map(async ({ VpcId = "", CidrBlock = "" }) => {
      const Filters = [{ Name: "vpc-id", Values: [VpcId] }];
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
      const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
      const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand({ Filter: Filters }));
      const { FlowLogs = [] } = await ec2.send(
        new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [VpcId] }] }),
      );
      const network = new FoundNetwork(Subnets, RouteTables, NatGateways);
      const logs = await Promise.all(FlowLogs.map((log) => flowLogFact(clients, log)));
      return [{ subject: "network", is: CidrBlock }, ...network.facts(), ...logs];
    }),
  );
  return facts.flat();
}

class FoundNetwork {
  constructor(
    private readonly subnets: readonly Subnet[],
    private readonly routeTables: readonly RouteTable[],
    private readonly natGateways: readonly NatGateway[],
  ) {}

  facts(): readonly Fact[] {
    return [
      ...this.subnets.map((subnet) => ({
        subject: `subnet ${subnet.CidrBlock ?? ""}`,
        is: `${subnet.AvailabilityZone ?? ""}, ${this.exitOf(subnet)}`,
      })),
      ...this.natGateways.map((nat) => ({ subject: `NAT gateway ${this.zoneOf(nat)}`, is: nat.State ?? "" })),
    ];
  }

  private exitOf({ SubnetId }: Subnet): string {
    const table = this.routeTables.find(({ Associations = [] }) =>
      Associations.some((association) => association.SubnetId === SubnetId),
    );
    const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0");
    if (route === undefined) return "no way out";
    const nat = this.natGateways.find(({ NatGatewayId }) => NatGatewayId === route.NatGatewayId);
    if (nat !== undefined) return `out by the NAT gateway ${this.zoneOf(nat)}`;
    return route.GatewayId === undefined ? "out by an instance" : "out by the internet gateway";
  }

  private zoneOf(nat: NatGateway): string {
    return `in ${this.subnets.find(({ SubnetId }) => SubnetId === nat.SubnetId)?.AvailabilityZone ?? ""}`;
  }
}

async function flowLogFact(
  { logs }: Clients,
  { TrafficType, LogDestinationType, LogDestination = "" }: FlowLog,
): Promise<Fact> {
  if (LogDestinationType === "s3") return { subject: "flow logs", is: `${String(TrafficType)} to a bucket` };
  const name = /:log-group:([^:]+)/.exec(LogDestination)?.[1] ?? "";
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  const retention = logGroups.find(({ logGroupName }) => logGroupName === name)?.retentionInDays;
  return { subject: "flow logs", is: `${String(TrafficType)} to ${name}, ${keptFor(retention)}` };
}
