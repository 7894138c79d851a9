import type { Construct } from "constructs";
import type { CidrPlan } from "../../core/cidr-plan";
import { type Violation, Violations } from "../../core/violation";
import { VPC_BLOCKS } from "../limits";
import type { Nat } from "./nat/nat";
import { NET001, NET002, NET003, NET004, NET009, NET010, NET011, NET012 } from "./rules";
import type { Tier } from "./tier";
import { associationViolations } from "./vpc-blocks";

/** A network to check, with its address plan. */
export interface CheckedNetwork {
  readonly plan: CidrPlan;
  readonly tiers: readonly Tier[];
  readonly nat: Nat;
  readonly ipv6: boolean;
}

/** Rejects networks that AWS would not accept or that would not work, all violations at once. */
export function checkNetwork(at: Construct, network: CheckedNetwork): void {
  Violations.throwIfAny([
    ...blockViolations(at, network.plan),
    ...associationViolations(at, network.plan),
    ...nameViolations(at, network.tiers),
    ...natViolations(at, network),
    ...(network.ipv6 ? ipv6Violations(at, network.plan) : []),
  ]);
}

/** Returns the name of a tier, or rejects a tier that the network does not have. */
export function checkTier(at: Construct, tier: Tier | string, names: readonly string[]): string {
  const name = typeof tier === "string" ? tier : tier.name;
  if (!names.includes(name))
    throw NET010.violation({
      at,
      given: `tier "${name}"`,
      fix: `the network has ${names.map((own) => `"${own}"`).join(", ")}`,
    });
  return name;
}

/** Rejects a second endpoint for the same service, and an endpoint whose id a tier has. */
export function checkEndpoint(at: Construct, service: string, tiers: readonly Tier[]): void {
  if (tiers.some(({ name }) => name === service)) throw nameViolation(at, service, `endpoint of ${service}`);
  if (at.node.tryFindChild(service) !== undefined)
    throw NET011.violation({ at, given: `a second endpoint of ${service}`, fix: "use the existing endpoint" });
}

function blockViolations(at: Construct, plan: CidrPlan): Violation[] {
  const [primary] = plan.blocks;
  const publicBlocks = plan.blocks
    .filter((block) => !block.isPrivate)
    .map((block) =>
      NET001.violation({
        at,
        given: `block ${block.toString()}`,
        fix: "use a block inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
      }),
    );
  const sizes = plan.blocks
    .filter(({ prefix }) => prefix < VPC_BLOCKS.largest || prefix > VPC_BLOCKS.smallest)
    .map((block) =>
      NET002.violation({ at, given: `block ${block.toString()}`, fix: "use a prefix length from /16 to /28" }),
    );
  const count =
    plan.blocks.length > VPC_BLOCKS.count
      ? [
          NET002.violation({
            at,
            given: `${plan.blocks.length} blocks including ${String(primary)}`,
            fix: "use at most five",
          }),
        ]
      : [];
  return [...publicBlocks, ...sizes, ...count];
}

/** Names of tiers that other parts of the network have as their ids. */
function nameViolations(at: Construct, tiers: readonly Tier[]): Violation[] {
  return tiers.flatMap(({ name }) => {
    const owner = tiers.find((tier) => name === `${tier.name}-acl`);
    if (owner !== undefined) return [nameViolation(at, name, `network ACL of tier "${owner.name}"`)];
    const part = { nat: "NAT gateways", defaults: "default resources of the VPC" }[name];
    return part === undefined ? [] : [nameViolation(at, name, part)];
  });
}

function nameViolation(at: Construct, name: string, owner: string): Violation {
  return NET012.violation({ at, given: `tier "${name}", which is the id of the ${owner}`, fix: "rename the tier" });
}

function natViolations(at: Construct, { tiers, nat }: CheckedNetwork): Violation[] {
  const hasPublic = tiers.some((tier) => tier.kind === "public");
  if (nat.kind !== "none")
    return hasPublic
      ? []
      : [NET003.violation({ at, given: "NAT without a public tier", fix: "add Tier.public(), or use Nat.none()" })];
  return tiers
    .filter((tier) => tier.kind === "private" && !tier.endpointsOnly)
    .map((tier) =>
      NET004.violation({
        at,
        given: `private tier "${tier.name}" without NAT`,
        fix: "use Nat.single() or Nat.perZone(), set endpointsOnly: true on the tier, or use Tier.isolated()",
      }),
    );
}

function ipv6Violations(at: Construct, plan: CidrPlan): Violation[] {
  const numbers = plan.subnets.map((subnet) => plan.numberOf(subnet));
  return plan.subnets
    .filter((subnet, index) => numbers.indexOf(plan.numberOf(subnet)) !== index)
    .map((subnet) =>
      NET009.violation({
        at,
        given: `tier "${subnet.tier}" in zone "${subnet.zone}" (${subnet.cidr.toString()}) has IPv6 number ${plan.numberOf(subnet)}, as another subnet has`,
        fix: "use a slot or blocks at another position: the number is the index among the 256 parts of the block, for all blocks of the network",
      }),
    );
}
