import type { EC2Client } from "@aws-sdk/client-ec2";
import { paginateDescribeRouteTables, paginateDescribeVpcs } from "@aws-sdk/client-ec2";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { KnownStack } from "./state";
import type { Import } from "./remedies";

/**
 * Finds lost things that cannot carry tags: routes, route table associations and secondary blocks.
 *
 * They are found from the other side: a resource that the configuration wants and no state knows, but whose parents are
 * known and already have what it would make.
 */
export async function lostAttachments(
  ec2: EC2Client,
  stack: SynthesizedStack,
  known: KnownStack,
): Promise<readonly Import[]> {
  const standing = await attachments(ec2);
  const wanted = [
    ...missing(stack, "aws_route", known).map(({ to, block }) => ({
      to,
      id: join("_", block["route_table_id"], block["destination_cidr_block"] ?? block["destination_ipv6_cidr_block"]),
    })),
    ...missing(stack, "aws_route_table_association", known).map(({ to, block }) => ({
      to,
      id: join("/", block["subnet_id"], block["route_table_id"]),
    })),
    ...missing(stack, "aws_vpc_ipv4_cidr_block_association", known).map(({ to, block }) => ({
      to,
      id: standing.get(join(" ", block["vpc_id"], block["cidr_block"]) ?? ""),
    })),
  ];
  return wanted.flatMap(({ to, id }) => (id !== undefined && standing.has(id) ? [{ stack: stack.id, to, id }] : []));

  function join(separator: string, ...parts: readonly unknown[]): string | undefined {
    const resolved = parts.map((part) => known.resolve(part));
    return resolved.includes(undefined) ? undefined : resolved.join(separator);
  }
}

function missing(stack: SynthesizedStack, type: string, known: KnownStack) {
  return [...stack.resources(type)].filter(([address]) => !known.has(address)).map(([to, block]) => ({ to, block }));
}

/** What stands, by the ids that imports take; secondary blocks also by network and block. */
async function attachments(ec2: EC2Client): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const add = (id: string, key = id) => void ids.set(key, id);
  for await (const page of paginateDescribeRouteTables({ client: ec2 }, {}))
    for (const { RouteTableId = "", Routes = [], Associations = [] } of page.RouteTables ?? []) {
      for (const route of Routes)
        add(`${RouteTableId}_${route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? ""}`);
      for (const { SubnetId = "" } of Associations) add(`${SubnetId}/${RouteTableId}`);
    }
  for await (const page of paginateDescribeVpcs({ client: ec2 }, {}))
    for (const { VpcId = "", CidrBlockAssociationSet = [] } of page.Vpcs ?? [])
      for (const { AssociationId = "", CidrBlock = "" } of CidrBlockAssociationSet) {
        add(AssociationId);
        add(AssociationId, `${VpcId} ${CidrBlock}`);
      }
  return ids;
}
