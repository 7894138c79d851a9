import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { referenceArgument, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";

/** What a stack's network is to be like, read from what was synthesized: nothing here is typed a second time. */
export function wantedNetwork(stack: SynthesizedStack): readonly Fact[] {
  const byBlock = (one: Block, other: Block) =>
    textArgument(one, "cidr_block").localeCompare(textArgument(other, "cidr_block"), "en", { numeric: true });
  const subnets = [...stack.resources("aws_subnet")].sort(([, one], [, other]) => byBlock(one, other));
  return [
    ...[...stack.resources("aws_vpc").values()].map((vpc) => ({
      subject: "network",
      is: textArgument(vpc, "cidr_block"),
    })),
    ...subnets.map(([address, subnet]) => ({
      subject: `subnet ${textArgument(subnet, "cidr_block")}`,
      is: `${textArgument(subnet, "availability_zone")}, ${exitOf(stack, address)}`,
    })),
    ...[...stack.resources("aws_nat_gateway").values()].map((nat) => ({
      subject: `NAT gateway ${zoneOf(stack, nat)}`,
      is: "available",
    })),
    ...[...stack.resources("aws_flow_log").values()].map((log) => ({
      subject: "flow logs",
      is: `${textArgument(log, "traffic_type")} to ${destinationOf(stack, log)}`,
    })),
  ];
}

/** Where a subnet's default route leads. */
function exitOf(stack: SynthesizedStack, subnet: string): string {
  const association = [...stack.resources("aws_route_table_association").values()].find(
    (candidate) => referenceArgument(candidate, "subnet_id") === subnet,
  );
  const routeTable = association === undefined ? undefined : referenceArgument(association, "route_table_id");
  const route = [...stack.resources("aws_route").values()].find(
    (candidate) =>
      referenceArgument(candidate, "route_table_id") === routeTable &&
      textArgument(candidate, "destination_cidr_block") === "0.0.0.0/0",
  );
  if (route === undefined) return "no way out";
  const nat = stack.resources("aws_nat_gateway").get(referenceArgument(route, "nat_gateway_id") ?? "");
  if (nat !== undefined) return `out by the NAT gateway ${zoneOf(stack, nat)}`;
  return referenceArgument(route, "gateway_id") === undefined ? "out by an instance" : "out by the internet gateway";
}

function zoneOf(stack: SynthesizedStack, nat: Block): string {
  const subnet = stack.resources("aws_subnet").get(referenceArgument(nat, "subnet_id") ?? "");
  return `in ${textArgument(subnet ?? {}, "availability_zone")}`;
}

function destinationOf(stack: SynthesizedStack, log: Block): string {
  const group = stack.resources("aws_cloudwatch_log_group").get(referenceArgument(log, "log_destination") ?? "");
  if (group === undefined) return "a bucket";
  return `${textArgument(group, "name")}, ${keptFor(group["retention_in_days"])}`;
}

/** How long a log group keeps what it is given. */
export function keptFor(days: unknown): string {
  return typeof days === "number" && days > 0 ? `kept ${days} days` : "kept for ever";
}
