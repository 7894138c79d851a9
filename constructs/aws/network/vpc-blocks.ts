import type { Construct } from "constructs";
import { Cidr } from "../../core/cidr";
import type { CidrPlan } from "../../core/cidr-plan";
import type { Violation } from "../../core/violation";
import { NET015 } from "./rules";

/** Private ranges of RFC 1918. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => Cidr.parse(range));

/** Shared address space, whose blocks can be added to every VPC. */
const SHARED = Cidr.parse("100.64.0.0/10");

/** Blocks in `closed` cannot be added to a VPC with another block in `near`. */
const CLOSED = [
  { closed: Cidr.parse("10.0.0.0/16"), near: Cidr.parse("10.0.0.0/15") },
  { closed: Cidr.parse("172.31.0.0/16"), near: Cidr.parse("172.16.0.0/12") },
];

/**
 * The restrictions of AWS on blocks that are added to a VPC.
 *
 * Source: "IPv4 CIDR block association restrictions" in the VPC user guide. The order in which Terraform adds secondary blocks is
 * not defined, so each secondary block is compared with all other blocks.
 */
export function associationViolations(at: Construct, plan: CidrPlan): Violation[] {
  const primaries = plan.blocks.slice(0, 1);
  return primaries.flatMap((primary) =>
    plan.blocks.slice(1).flatMap((block) => violationsOf(at, block, primary, plan.blocks)),
  );
}

function violationsOf(at: Construct, block: Cidr, primary: Cidr, all: readonly Cidr[]): Violation[] {
  const reason = restriction(block, primary, all);
  if (reason === undefined) return [];
  return [
    NET015.violation({
      at,
      given: `secondary block ${block.toString()} of a VPC with ${primary.toString()}, ${reason}`,
      fix: `use a block inside ${SHARED.toString()}${rangeOf(primary) === undefined ? "" : ` or another part of ${String(rangeOf(primary))}`}`,
    }),
  ];
}

function restriction(block: Cidr, primary: Cidr, all: readonly Cidr[]): string | undefined {
  const range = rangeOf(block);
  if (range !== undefined && !range.contains(primary)) return `which is outside ${range.toString()}`;
  const rule = CLOSED.find(
    ({ closed, near }) => closed.contains(block) && all.some((other) => other !== block && near.contains(other)),
  );
  return rule && `where AWS adds no block of ${rule.closed.toString()}`;
}

/** The private range of a block; undefined for shared address space. */
function rangeOf(block: Cidr): Cidr | undefined {
  return PRIVATE.find((range) => range.contains(block));
}
