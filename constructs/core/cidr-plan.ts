import type { Cidr } from "./cidr";
import { checkInputs, checkSubnets, freeParts, ZONE_LETTERS } from "./cidr-plan-checks";
import { PLN006 } from "./rules";
import { Slot } from "./slot";
import type { Location } from "./violation";

/** A tier of a {@link CidrPlan}. */
export interface PlannedTier {
  /** Key of the tier. */
  readonly name: string;
  /** The tier's slot in its block, or an explicit block for each zone letter. */
  readonly placement: Slot | Readonly<Record<string, Cidr>>;
  /**
   * Prefix length of each subnet. The rest of a zone's part of the slot stays unused.
   * @default - the whole part of a zone: an eighth of the slot
   */
  readonly mask?: number;
  /**
   * Block that contains the tier.
   * @default - the first block of the plan
   */
  readonly block?: Cidr;
}

/** Input of a {@link CidrPlan}. */
export interface CidrPlanProps {
  /** Blocks of the network, the primary block first. */
  readonly blocks: readonly [Cidr, ...Cidr[]];
  /** Zone letters. */
  readonly zones: readonly string[];
  /** Tiers, each with its slot or explicit blocks. */
  readonly tiers: readonly PlannedTier[];
  /** Prefix lengths of the largest and the smallest subnet that the cloud accepts (AWS: 16 and 28). */
  readonly masks: { readonly largest: number; readonly smallest: number };
  /**
   * Location that violations report.
   * @default - none
   */
  readonly at?: Location;
}

/** A subnet of the plan. */
export interface PlannedSubnet {
  /** Name of the tier. */
  readonly tier: string;
  /** Letter of the zone. */
  readonly zone: string;
  /** Block of the subnet. */
  readonly cidr: Cidr;
  /** Block of the network that contains the subnet. */
  readonly block: Cidr;
}

/**
 * Defines the addresses of each tier in each zone, so that adding a zone, a tier or a block moves no existing subnet.
 *
 * The address of a subnet depends only on its block, its tier's slot and its zone's letter: a plan with more zones or
 * tiers contains the smaller plan unchanged. Each slot is divided into eight equal parts, one per zone letter, whether
 * the zone is used or not; a subnet starts at the beginning of its part.
 *
 * @example
 * const plan = new CidrPlan({
 *   blocks: [Cidr.parse("10.20.0.0/16")], zones: ["a", "b"], masks: { largest: 16, smallest: 28 },
 *   tiers: [{ name: "private", placement: Slot.half(2) }],
 * });
 * plan.of("private").map(({ cidr }) => cidr.toString()); // 10.20.128.0/20, 10.20.144.0/20
 */
export class CidrPlan {
  /** Blocks of the network. */
  readonly blocks: readonly Cidr[];
  /** All subnets, by tier and then by zone, in the given order. */
  readonly subnets: readonly PlannedSubnet[];

  constructor(props: CidrPlanProps) {
    this.blocks = props.blocks;
    checkInputs(props);
    this.subnets = props.tiers.flatMap((tier) => props.zones.map((zone) => plannedSubnet(tier, zone, props)));
    checkSubnets(this.subnets, props);
  }

  /** The subnets of a tier, in the order of the zones. Empty when the plan has no such tier. */
  of(tier: string): readonly PlannedSubnet[] {
    return this.subnets.filter((subnet) => subnet.tier === tier);
  }

  /**
   * Index of a subnet among the 256 equal parts of its block. The subnet's /64 of an IPv6 block has the same index, so it
   * is as stable as the IPv4 address.
   */
  numberOf(subnet: PlannedSubnet): number {
    return Math.floor(((subnet.cidr.first - subnet.block.first) * 256) / subnet.block.size);
  }

  /** The largest aligned blocks that no subnet uses, in address order. */
  get free(): readonly Cidr[] {
    const used = this.subnets.map((subnet) => subnet.cidr);
    return this.blocks.flatMap((block) => freeParts(block, used));
  }

  /** The address map: every block with its subnets and free parts, in address order. */
  toString(): string {
    const lines = [
      ...this.subnets.map((subnet) => ({ cidr: subnet.cidr, label: `${subnet.tier} ${subnet.zone}` })),
      ...this.free.map((cidr) => ({ cidr, label: "free" })),
    ].sort((left, right) => left.cidr.first - right.cidr.first);
    return this.blocks
      .flatMap((block) => [
        `${block.toString()}  ${block.size.toLocaleString("en")} addresses`,
        ...lines
          .filter((line) => block.contains(line.cidr))
          .map(
            ({ cidr, label }) =>
              `  ${cidr.toString().padEnd(18)}  ${label.padEnd(14)}  ${cidr.size.toLocaleString("en").padStart(9)}`,
          ),
      ])
      .join("\n");
  }
}

function plannedSubnet(tier: PlannedTier, zone: string, props: CidrPlanProps): PlannedSubnet {
  const block = tier.block ?? props.blocks[0];
  if (!(tier.placement instanceof Slot)) {
    const cidr = tier.placement[zone];
    if (cidr === undefined)
      throw PLN006.violation({
        at: props.at,
        given: `tier "${tier.name}" has no block for zone "${zone}"`,
        fix: `add a block, or use a slot instead of blocks`,
      });
    return { tier: tier.name, zone, cidr, block };
  }
  const slot = tier.placement.of(block);
  const zonePart = slot.part(slot.prefix + 3, ZONE_LETTERS.indexOf(zone));
  return { tier: tier.name, zone, cidr: zonePart.part(tier.mask ?? zonePart.prefix, 0), block };
}
