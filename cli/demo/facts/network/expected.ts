import {
  type Block,
  referenceArgument,
  type SynthesizedStack,
  textArgument,
} from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { gatewayEgress, natEgress, NO_EGRESS, retentionSummary } from "./summary";

/** The network of a synthesized stack. */
export function expectedNetwork(stack: SynthesizedStack): readonly Fact[] {
  const byBlock = (a: Block, b: Block) =>
    textArgument(a, "cidr_block").localeCompare(textArgument(b, "cidr_block"), "en", { numeric: true });
  const subnets = [...stack.resources("aws_subnet")].sort(([, a], [, b]) => byBlock(a, b));
  return [
    ...[...stack.resources("aws_vpc").values()].map((vpc) => ({
      subject: "network",
      value: textArgument(vpc, "cidr_block"),
    })),
    ...subnets.map(([address, subnet]) => ({
      subject: `subnet ${textArgument(subnet, "cidr_block")}`,
      value: `${textArgument(subnet, "availability_zone")}, ${egressOf(stack, address)}`,
    })),
    ...[...stack.resources("aws_nat_gateway").values()].map((nat) => ({
      subject: `NAT gateway in ${zoneOf(stack, nat)}`,
      value: "available",
    })),
    ...[...stack.resources("aws_flow_log").values()].map((log) => ({
      subject: "flow logs",
      value: `${textArgument(log, "traffic_type")} to ${destinationOf(stack, log)}`,
    })),
  ];
}

/** The target of a subnet's default route. */
function egressOf(stack: SynthesizedStack, subnet: string): string {
  const association = [...stack.resources("aws_route_table_association").values()].find(
    (candidate) => referenceArgument(candidate, "subnet_id") === subnet,
  );
  const routeTable = association === undefined ? undefined : referenceArgument(association, "route_table_id");
  const route = [...stack.resources("aws_route").values()].find(
    (candidate) =>
      referenceArgument(candidate, "route_table_id") === routeTable &&
      textArgument(candidate, "destination_cidr_block") === "0.0.0.0/0",
  );
  if (route === undefined) return NO_EGRESS;
  const nat = stack.resources("aws_nat_gateway").get(referenceArgument(route, "nat_gateway_id") ?? "");
  if (nat !== undefined) return natEgress(zoneOf(stack, nat));
  return gatewayEgress(referenceArgument(route, "gateway_id") !== undefined);
}

function zoneOf(stack: SynthesizedStack, nat: Block): string {
  const subnet = stack.resources("aws_subnet").get(referenceArgument(nat, "subnet_id") ?? "");
  return textArgument(subnet ?? {}, "availability_zone");
}

function destinationOf(stack: SynthesizedStack, log: Block): string {
  const group = stack.resources("aws_cloudwatch_log_group").get(referenceArgument(log, "log_destination") ?? "");
  if (group === undefined) return "a bucket";
  return `${textArgument(group, "name")}, ${retentionSummary(group["retention_in_days"])}`;
}
