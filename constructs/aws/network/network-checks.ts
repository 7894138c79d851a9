import type { Construct } from "constructs";
import type { CidrPlan } from "../../core/cidr-plan";
import type { Violation } from "../../core/violation";
import { Violations } from "../../core/violation";
import type { Nat } from "./nat";
import { NET001, NET002, NET003, NET004, NET009, NET010, NET011 } from "./rules";
import type { Tier } from "./tier";

/** What a network is to be, once its plan stands. */
export interface CheckedNetwork {
  readonly plan: CidrPlan;
  readonly tiers: readonly Tier[];
  readonly nat: Nat;
  readonly ipv6: boolean;
}

/** Refuses, all at once, what AWS would refuse one by one or accept to nobody's good. */
export function checkNetwork(at: Construct, network: CheckedNetwork): void {
  Violations.throwIfAny([
    ...blockViolations(at, network.plan),
    ...wayOutViolations(at, network),
    ...(network.ipv6 ? ipv6Violations(at, network.plan) : []),
  ]);
}

/** The name of a tier that is asked for; refuses one that the network does not have. */
export function checkTier(at: Construct, asked: Tier | string, names: readonly string[]): string {
  const name = typeof asked === "string" ? asked : asked.name;
  if (!names.includes(name))
    throw NET010.violation({
      at,
      given: `tier "${name}"`,
      fix: `the network has ${names.map((own) => `"${own}"`).join(", ")}`,
    });
  return name;
}

/** Refuses a second endpoint of a service. */
export function checkEndpoint(at: Construct, service: string): void {
  if (at.node.tryFindChild(service) !== undefined)
    throw NET011.violation({ at, given: `a second endpoint of ${service}`, fix: "keep the one that is there" });
}

function blockViolations(at: Construct, plan: CidrPlan): Violation[] {
  const [primary] = plan.blocks;
  const strangers = plan.blocks
    .filter((block) => !block.isPrivate)
    .map((block) =>
      NET001.violation({
        at,
        given: `block ${block.toString()}`,
        fix: "use one inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
      }),
    );
  const sizes = plan.blocks
    .filter(({ prefix }) => prefix < 16 || prefix > 28)
    .map((block) =>
      NET002.violation({ at, given: `block ${block.toString()}`, fix: "use a prefix length from /16 to /28" }),
    );
  const count =
    plan.blocks.length > 5
      ? [
          NET002.violation({
            at,
            given: `${plan.blocks.length} blocks beside ${String(primary)}`,
            fix: "use at most five",
          }),
        ]
      : [];
  return [...strangers, ...sizes, ...count];
}

function wayOutViolations(at: Construct, { tiers, nat }: CheckedNetwork): Violation[] {
  const hasPublic = tiers.some((tier) => tier.kind === "public");
  if (nat.kind !== "none")
    return hasPublic
      ? []
      : [NET003.violation({ at, given: "NAT without a public tier", fix: "add Tier.public(), or say Nat.none()" })];
  return tiers
    .filter((tier) => tier.kind === "private" && !tier.endpointsOnly)
    .map((tier) =>
      NET004.violation({
        at,
        given: `private tier "${tier.name}" without NAT`,
        fix: "choose Nat.single() or Nat.perZone(), say { endpointsOnly: true } on the tier, or make it isolated",
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
        given: `tier "${subnet.tier}" in zone "${subnet.zone}" (${subnet.cidr.toString()}) has IPv6 number ${plan.numberOf(subnet)}, which another subnet has too`,
        fix: "an IPv6 number is the place among 256 parts of the block, whichever block: give the tier a slot, or blocks, at a place that no other has",
      }),
    );
}
