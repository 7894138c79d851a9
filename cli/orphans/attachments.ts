import {
  EC2Client,
  paginateDescribeRouteTables,
  paginateDescribeVpcs,
  type RouteTable,
  type Vpc,
} from "@aws-sdk/client-ec2";
import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { AwsSession } from "../aws/aws-session";
import { allItems } from "../aws/pages";
import type { Import } from "./remedies";
import type { KnownStack } from "./state";

/**
 * Finds orphaned resources that cannot have tags: routes, route table associations and secondary CIDR blocks.
 *
 * Such a resource is in the configuration and in no state, but its parents are in the state, and the cloud already has the
 * attachment that it would create.
 */
export async function orphanedAttachments(
  session: AwsSession,
  stack: SynthesizedStack,
  known: KnownStack,
): Promise<readonly Import[]> {
  const existing = await existingAttachments(session.client(EC2Client));
  const join = (separator: string, ...parts: readonly unknown[]): string | undefined => {
    const resolved = parts.map((part) => known.resolve(part));
    return resolved.includes(undefined) ? undefined : resolved.join(separator);
  };
  const expected = [
    ...unknownResources(stack, "aws_route", known).map(({ to, block }) => ({
      to,
      id: join("_", block["route_table_id"], block["destination_cidr_block"] ?? block["destination_ipv6_cidr_block"]),
    })),
    ...unknownResources(stack, "aws_route_table_association", known).map(({ to, block }) => ({
      to,
      id: join("/", block["subnet_id"], block["route_table_id"]),
    })),
    ...unknownResources(stack, "aws_vpc_ipv4_cidr_block_association", known).map(({ to, block }) => ({
      to,
      id: existing.get(join(" ", block["vpc_id"], block["cidr_block"]) ?? ""),
    })),
  ];
  return expected.flatMap(({ to, id }) => (id !== undefined && existing.has(id) ? [{ stack: stack.id, to, id }] : []));
}

/** Resources of a type that are in the configuration and not in the state. */
function unknownResources(
  stack: SynthesizedStack,
  type: string,
  known: KnownStack,
): readonly { readonly to: string; readonly block: Block }[] {
  return [...stack.resources(type)].filter(([address]) => !known.has(address)).map(([to, block]) => ({ to, block }));
}

/** Import ids of all attachments; those of secondary CIDR blocks also by VPC and block. */
async function existingAttachments(client: EC2Client): Promise<ReadonlyMap<string, string>> {
  const tables = await allItems(paginateDescribeRouteTables({ client }, {}), (page) => page.RouteTables);
  const vpcs = await allItems(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs);
  return new Map([...tables.flatMap(idsOfRouteTable).map((id) => [id, id] as const), ...vpcs.flatMap(idsOfVpc)]);
}

function idsOfRouteTable({ RouteTableId = "", Routes = [], Associations = [] }: RouteTable): readonly string[] {
  return [
    ...Routes.map(
      ({ DestinationCidrBlock, DestinationIpv6CidrBlock = "" }) =>
        `${RouteTableId}_${DestinationCidrBlock ?? DestinationIpv6CidrBlock}`,
    ),
    ...Associations.map(({ SubnetId = "" }) => `${SubnetId}/${RouteTableId}`),
  ];
}

function idsOfVpc({ VpcId = "", CidrBlockAssociationSet = [] }: Vpc): readonly (readonly [string, string])[] {
  return CidrBlockAssociationSet.flatMap(({ AssociationId = "", CidrBlock = "" }) => [
    [AssociationId, AssociationId],
    [`${VpcId} ${CidrBlock}`, AssociationId],
  ]);
}
