import type { Cidr } from "./cidr";
import { checkInputs, checkSubnets, freeParts, ZONE_LETTERS } from "./cidr-plan-checks";
import { PLN006 } from "./rules";
import { Slot } from "./slot";
import type { Place } from "./violation";

/** What a plan has to know of a tier. */
export interface PlannedTier {
  /** Key of the tier. */
  readonly name: string;
  /** The tier's place in its block, or an explicit block for each zone letter. */
  readonly place: Slot | Readonly<Record<string, Cidr>>;
  /**
   * Prefix length of each subnet. The rest of a zone's room stays free, so that nothing else ever moves in.
   * @default - the whole room of a zone: an eighth of the slot
   */
  readonly mask?: number;
  /**
   * Block the tier is cut from.
   * @default - the first block of the plan
   */
  readonly block?: Cidr;
}

/** What a plan is made of. */
export interface CidrPlanProps {
  /** Blocks of the network: the primary one first. */
  readonly blocks: readonly [Cidr, ...Cidr[]];
  /** Zone letters. */
  readonly zones: readonly string[];
  readonly tiers: readonly PlannedTier[];
  /** Smallest and largest prefix length a subnet may have; the cloud decides (AWS: 16 to 28). */
  readonly masks: { readonly largest: number; readonly smallest: number };
  /**
   * Where violations are reported.
   * @default - nowhere in particular
   */
  readonly at?: Place;
}

/** One line of the plan: a subnet and its place. */
export interface PlannedSubnet {
  readonly tier: string;
  readonly zone: string;
  readonly cidr: Cidr;
  readonly block: Cidr;
}

/**
 * Defines which addresses each tier has in each zone, so that adding a zone, a tier or a block moves nothing that exists.
 *
 * The address of a subnet is a function of its block, its tier's own place and its zone's letter, and of nothing else:
 * a plan with more zones or tiers contains the smaller plan unchanged. Each slot is cut into eight rooms, one for each
 * zone letter, whether the zone is used or not; a subnet starts at the beginning of its room.
 *
 * @example
 * const plan = new CidrPlan({
 *   blocks: [Cidr.parse("10.20.0.0/16")], zones: ["a", "b"], masks: { largest: 16, smallest: 28 },
 *   tiers: [{ name: "private", place: Slot.half(2) }],
 * });
 * plan.of("private").map(({ cidr }) => cidr.toString()); // 10.20.128.0/20, 10.20.144.0/20
 */
export class CidrPlan {
  readonly blocks: readonly Cidr[];
  /** All subnets, tier by tier, zone by zone, in the order given. */
  readonly subnets: readonly PlannedSubnet[];

  constructor(props: CidrPlanProps) {
    this.blocks = props.blocks;
    checkInputs(props);
    this.subnets = props.tiers.flatMap((tier) => props.zones.map((zone) => place(tier, zone, props)));
    checkSubnets(this.subnets, props);
  }

  /** The subnets of a tier, in the order of the zones. Empty when there is no such tier. */
  of(tier: string): readonly PlannedSubnet[] {
    return this.subnets.filter((subnet) => subnet.tier === tier);
  }

  /**
   * A subnet's number among the 256 equal parts of its block. An IPv6 block is cut by the same number, so it is as
   * stable as the IPv4 address it follows.
   */
  numberOf(subnet: PlannedSubnet): number {
    return Math.floor(((subnet.cidr.first - subnet.block.first) * 256) / subnet.block.size);
  }

  /** The largest aligned blocks that no subnet uses, by address. */
  get free(): readonly Cidr[] {
    const taken = this.subnets.map((subnet) => subnet.cidr);
    return this.blocks.flatMap((block) => freeParts(block, taken));
  }

  /** The memory map: every block with its subnets and gaps, by address. */
  toString(): string {
    const lines = [
      ...this.subnets.map((subnet) => ({ cidr: subnet.cidr, label: `${subnet.tier} ${subnet.zone}` })),
      ...this.free.map((cidr) => ({ cidr, label: "free" })),
    ].sort((one, other) => one.cidr.first - other.cidr.first);
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

function place(tier: PlannedTier, zone: string, props: CidrPlanProps): PlannedSubnet {
  const block = tier.block ?? props.blocks[0];
  if (!(tier.place instanceof Slot)) {
    const cidr = tier.place[zone];
    if (cidr === undefined)
      throw PLN006.violation({
        at: props.at,
        given: `tier "${tier.name}" has no block for zone "${zone}"`,
        fix: `add one, or give the tier a slot instead of blocks`,
      });
    return { tier: tier.name, zone, cidr, block };
  }
  const slot = tier.place.of(block);
  const room = slot.part(slot.prefix + 3, ZONE_LETTERS.indexOf(zone));
  return { tier: tier.name, zone, cidr: room.part(tier.mask ?? room.prefix, 0), block };
}
