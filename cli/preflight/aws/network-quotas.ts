import {
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
} from "@aws-sdk/client-ec2";
import { allItems } from "../../aws/pages";
import { anyCheck, type Check } from "../check";
import type { Plan } from "../plan";
import { exceededQuotas, type Quota } from "../quota";
import type { AwsCloud } from "./cloud";
import { limitOf, type QuotaCode, requestQuota } from "./service-quotas";

/** A kind of network object with a quota per region. Source of the codes: Service Quotas, Amazon VPC and Amazon EC2. */
interface RegionalKind {
  readonly label: string;
  readonly quota: QuotaCode;
  readonly needed: (plan: Plan) => number;
  readonly used: (client: EC2Client) => Promise<number>;
}

const vpcQuota = (code: string): QuotaCode => ({ service: "vpc", code });

const KINDS: readonly RegionalKind[] = [
  {
    label: "VPCs",
    quota: vpcQuota("L-F678F1CE"),
    needed: (plan) => plan.created("aws_vpc").length,
    used: async (client) => (await allItems(paginateDescribeVpcs({ client }, {}), ({ Vpcs }) => Vpcs)).length,
  },
  {
    label: "internet gateways",
    quota: vpcQuota("L-A4707A72"),
    needed: (plan) => plan.created("aws_internet_gateway").length,
    used: async (client) =>
      (await allItems(paginateDescribeInternetGateways({ client }, {}), ({ InternetGateways }) => InternetGateways))
        .length,
  },
  {
    label: "Elastic IP addresses",
    quota: { service: "ec2", code: "L-0263D0A3" },
    needed: (plan) => plan.created("aws_eip").length,
    used: async (client) => ((await client.send(new DescribeAddressesCommand({}))).Addresses ?? []).length,
  },
  {
    label: "security groups",
    quota: vpcQuota("L-E79EC296"),
    // Every VPC brings its default group, and every cluster its own.
    needed: (plan) =>
      ["aws_security_group", "aws_vpc", "aws_eks_cluster"].reduce((sum, type) => sum + plan.created(type).length, 0),
    used: async (client) =>
      (await allItems(paginateDescribeSecurityGroups({ client }, {}), ({ SecurityGroups }) => SecurityGroups)).length,
  },
  {
    label: "gateway endpoints",
    quota: vpcQuota("L-1B52E74A"),
    // Without a type an endpoint is a gateway.
    needed: (plan) =>
      plan.created("aws_vpc_endpoint").filter((each) => (each.text("vpc_endpoint_type") ?? "Gateway") === "Gateway")
        .length,
    used: async (client) => {
      const endpoints = await allItems(paginateDescribeVpcEndpoints({ client }, {}), (page) => page.VpcEndpoints);
      return endpoints.filter(({ VpcEndpointType }) => VpcEndpointType === "Gateway").length;
    },
  },
];

/** Number of created objects by label. */
export type NetworkNeeds = Readonly<Record<string, number>>;

/** Region, and quotas by label. */
export interface NetworkSupply {
  readonly region: string;
  readonly quotas: Readonly<Record<string, Quota | undefined>>;
}

/** Whether VPCs, gateways, Elastic IP addresses, security groups and endpoints fit into the quotas of the region. */
export const networkQuotaCheck: Check<AwsCloud, NetworkNeeds, NetworkSupply> = {
  name: "quotas of networks",
  needs: (plan) => {
    const entries = KINDS.map(({ label, needed }) => [label, needed(plan)] as const).filter(([, count]) => count > 0);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  },
  supply: async (cloud, needs) => {
    const lists = KINDS.filter(({ label }) => needs[label] !== undefined).map(async ({ label, quota, used }) => {
      const [limit, count] = await Promise.all([limitOf(cloud, quota), used(cloud.session.client(EC2Client))]);
      return [label, limit === undefined ? undefined : { limit, used: count }] as const;
    });
    return { region: cloud.region, quotas: Object.fromEntries(await Promise.all(lists)) };
  },
  compare: (needs, { region, quotas }) =>
    exceededQuotas(
      KINDS.map(({ label, quota }) => ({
        label,
        needed: needs[label] ?? 0,
        quota: quotas[label],
        fix: requestQuota({ region }, quota),
      })),
    ),
};

export const networkQuotas = anyCheck(networkQuotaCheck);

/** Quota of NAT gateways per zone. */
const NAT_GATEWAYS = vpcQuota("L-FE5A380F");

/** Number of created NAT gateways by zone. */
export type NatNeeds = Readonly<Record<string, number>>;

/** Limit per zone, and existing NAT gateways by zone. */
export interface NatSupply {
  readonly region: string;
  readonly limit: number | undefined;
  readonly used: Readonly<Record<string, number>>;
}

/** Whether NAT gateways fit into the quota of their zones. */
export const natQuotaCheck: Check<AwsCloud, NatNeeds, NatSupply> = {
  name: "quota of NAT gateways",
  needs: (plan) => {
    const zones = plan
      .created("aws_nat_gateway")
      .map((gateway) => plan.referenced(gateway, "subnet_id")?.text("availability_zone") ?? "");
    const known = zones.filter((zone) => zone !== "");
    return known.length === 0 ? undefined : countBy(known);
  },
  supply: async (cloud) => {
    const client = cloud.session.client(EC2Client);
    const filter = [{ Name: "state", Values: ["pending", "available", "deleting"] }];
    const [limit, gateways, subnets] = await Promise.all([
      limitOf(cloud, NAT_GATEWAYS),
      allItems(paginateDescribeNatGateways({ client }, { Filter: filter }), ({ NatGateways }) => NatGateways),
      allItems(paginateDescribeSubnets({ client }, {}), ({ Subnets }) => Subnets),
    ]);
    const zoneOf = new Map(subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]));
    return { region: cloud.region, limit, used: countBy(gateways.map(({ SubnetId }) => zoneOf.get(SubnetId) ?? "")) };
  },
  compare: (needs, { region, limit, used }) =>
    exceededQuotas(
      Object.entries(needs).map(([zone, needed]) => ({
        label: `NAT gateways in ${zone}`,
        needed,
        quota: limit === undefined ? undefined : { limit, used: used[zone] ?? 0 },
        fix: requestQuota({ region }, NAT_GATEWAYS),
      })),
    ),
};

export const natQuota = anyCheck(natQuotaCheck);

/** Number of occurrences of each text. */
export function countBy(texts: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
