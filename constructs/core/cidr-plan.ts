import type { Cidr } from "./cidr";
import { PLN001, PLN002, PLN003, PLN004, PLN005, PLN006 } from "./rules";
import type { Violation } from "./violation";
import { Violations } from "./violation";

/** Zone letters the plan keeps room for. No public cloud region has more than six zones today. */
const ZONE_LETTERS = "abcdefgh";

/**
 * Defines a tier's place in a block: one of 2, 4, 8, 16 or 32 equal parts, counted from 1.
 *
 * A tier carries its own place, so nothing about its neighbours can move it.
 *
 * @example Slot.eighth(3) // of 10.0.0.0/16: 10.0.64.0/19
 */
export class Slot {
  static half(nth: number): Slot {
    return new Slot(1, nth);
  }
  static quarter(nth: number): Slot {
    return new Slot(2, nth);
  }
  static eighth(nth: number): Slot {
    return new Slot(3, nth);
  }
  static sixteenth(nth: number): Slot {
    return new Slot(4, nth);
  }
  static thirtySecond(nth: number): Slot {
    return new Slot(5, nth);
  }

  /** Reads a place written as a fraction: `3/8` is the third eighth. */
  static parse(text: string): Slot {
    const [, nth = 0, of = 0] = (/^(\d+)\/(2|4|8|16|32)$/.exec(text) ?? []).map(Number);
    if (of === 0)
      throw PLN005.violation({ given: `slot "${text}"`, fix: "write a part of 2, 4, 8, 16 or 32, such as 3/8" });
    return new Slot(Math.log2(of), nth);
  }

  private constructor(
    private readonly bits: number,
    private readonly nth: number,
  ) {
    if (!Number.isInteger(nth) || nth < 1 || nth > 2 ** bits)
      throw PLN005.violation({
        given: `part ${nth} of ${2 ** bits}`,
        fix: `count from 1 to ${2 ** bits}`,
      });
  }

  /** The part of the block that this slot is. */
  of(block: Cidr): Cidr {
    return block.part(block.prefix + this.bits, this.nth - 1);
  }

  toString(): string {
    return `part ${this.nth} of ${2 ** this.bits}`;
  }
}

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
  readonly at?: { readonly node: { readonly path: string } } | string;
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
    Violations.throwIfAny([...blockViolations(props), ...zoneViolations(props), ...tierViolations(props)]);
    this.subnets = props.tiers.flatMap((tier) => props.zones.map((zone) => place(tier, zone, props)));
    Violations.throwIfAny([...fitViolations(this.subnets, props), ...overlapViolations(this.subnets, props)]);
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
        ...at(props),
        given: `tier "${tier.name}" has no block for zone "${zone}"`,
        fix: `add one, or give the tier a slot instead of blocks`,
      });
    return { tier: tier.name, zone, cidr, block };
  }
  const slot = tier.place.of(block);
  const room = slot.part(slot.prefix + 3, ZONE_LETTERS.indexOf(zone));
  return { tier: tier.name, zone, cidr: room.part(tier.mask ?? room.prefix, 0), block };
}

function blockViolations(props: CidrPlanProps): Violation[] {
  const shared = props.blocks.flatMap((one, index) =>
    props.blocks
      .slice(index + 1)
      .filter((other) => one.overlaps(other))
      .map((other) =>
        PLN002.violation({
          ...at(props),
          given: `blocks ${one.toString()} and ${other.toString()} share addresses`,
          fix: "choose disjoint blocks",
        }),
      ),
  );
  const strangers = props.tiers.flatMap(({ name, block }) =>
    block === undefined || props.blocks.some((own) => own.equals(block))
      ? []
      : [
          PLN001.violation({
            ...at(props),
            given: `tier "${name}" is cut from ${block.toString()}, the network has ${props.blocks.join(", ")}`,
            fix: `add ${block.toString()} to the network's blocks`,
          }),
        ],
  );
  return [...shared, ...strangers];
}

function zoneViolations(props: CidrPlanProps): Violation[] {
  return props.zones
    .filter((zone, index) => zone.length !== 1 || !ZONE_LETTERS.includes(zone) || props.zones.indexOf(zone) !== index)
    .map((zone) =>
      PLN003.violation({
        ...at(props),
        given: `zones ${JSON.stringify(props.zones)}: "${zone}" is not a letter from a to h, or is named twice`,
        fix: "name each zone once by its letter",
      }),
    );
}

function tierViolations(props: CidrPlanProps): Violation[] {
  const names = props.tiers.map((tier) => tier.name);
  return names
    .filter((name, index) => !/^[a-z][a-z0-9-]{0,23}$/.test(name) || names.indexOf(name) !== index)
    .map((name) =>
      PLN004.violation({
        ...at(props),
        given: `tier name "${name}" ${names.indexOf(name) === names.lastIndexOf(name) ? "is not a short lower-case word" : "is used twice"}`,
        fix: "name each tier once, with letters, digits and hyphens",
      }),
    );
}

/** A tier fits when its subnets lie in their block, fill no more than their zone's room, and have a size the cloud takes. */
function fitViolations(subnets: readonly PlannedSubnet[], props: CidrPlanProps): Violation[] {
  return props.tiers.flatMap((tier) => {
    const own = subnets.filter((subnet) => subnet.tier === tier.name);
    const { largest, smallest } = props.masks;
    const sizes = own.filter(({ cidr }) => cidr.prefix < largest || cidr.prefix > smallest);
    if (tier.place instanceof Slot) {
      const slot = tier.place.of(tier.block ?? props.blocks[0]);
      const mask = tier.mask ?? slot.prefix + 3;
      if (mask >= slot.prefix + 3 && sizes.length === 0) return [];
      return [outgrown(tier, mask, slot, props)];
    }
    return own
      .filter(({ cidr }) => !props.blocks.some((block) => block.contains(cidr)))
      .map(({ cidr, zone }) =>
        PLN006.violation({
          ...at(props),
          given: `block ${cidr.toString()} of tier "${tier.name}" in zone "${zone}" lies outside ${props.blocks.join(", ")}`,
          fix: "choose a block inside the network",
        }),
      )
      .concat(
        sizes.map(({ cidr }) =>
          PLN001.violation({
            ...at(props),
            given: `block ${cidr.toString()} of tier "${tier.name}"`,
            fix: `choose a prefix length from /${largest} to /${smallest}`,
          }),
        ),
      );
  });
}

function outgrown(tier: PlannedTier, mask: number, slot: Cidr, props: CidrPlanProps): Violation {
  const { largest, smallest } = props.masks;
  const block = tier.block ?? props.blocks[0];
  const slotBits = slot.prefix - block.prefix;
  const needed = Math.min(mask, smallest) - 3 - slotBits;
  const fixes = [
    ...(slot.prefix + 3 <= smallest
      ? [`use masks from /${Math.max(slot.prefix + 3, largest)} to /${smallest}`]
      : []),
    ...(needed >= largest && needed < block.prefix ? [`give the network a /${needed} or larger`] : []),
  ];
  return PLN001.violation({
    ...at(props),
    given: `tier "${tier.name}" needs ${props.zones.length} × /${mask}, its slot ${slot.toString()} (${String(tier.place)} of ${block.toString()}) holds ${slot.size} addresses, a room of ${slot.size / 8} for each of 8 zones`,
    fix: fixes.length > 0 ? fixes.join(", or ") : "give the tier a larger slot, or explicit blocks",
  });
}

function overlapViolations(subnets: readonly PlannedSubnet[], props: CidrPlanProps): Violation[] {
  // Slots are compared whole: a zone added later must find its room empty, so a tier owns more than its subnets.
  const claims = props.tiers.flatMap((tier) =>
    tier.place instanceof Slot
      ? [{ tier: tier.name, what: `tier "${tier.name}"`, cidr: tier.place.of(tier.block ?? props.blocks[0]) }]
      : subnets
          .filter((subnet) => subnet.tier === tier.name)
          .map(({ zone, cidr }) => ({ tier: tier.name, what: `tier "${tier.name}" in zone "${zone}"`, cidr })),
  );
  const free = props.blocks.flatMap((block) => freeParts(block, claims.map((claim) => claim.cidr)));
  return claims.flatMap((one, index) =>
    claims
      .slice(index + 1)
      .filter((other) => one.cidr.overlaps(other.cidr))
      .map((other) =>
        PLN002.violation({
          ...at(props),
          given: `${one.what} (${one.cidr.toString()}) and ${other.what} (${other.cidr.toString()}) share addresses`,
          fix: free.length > 0 ? `still free: ${free.join(", ")}` : "give the network a larger or a second block",
        }),
      ),
  );
}

function freeParts(block: Cidr, taken: readonly Cidr[]): Cidr[] {
  const inside = taken.filter((cidr) => cidr.overlaps(block));
  if (inside.length === 0) return [block];
  if (inside.some((cidr) => cidr.contains(block)) || block.prefix === 32) return [];
  return [0, 1].flatMap((half) => freeParts(block.part(block.prefix + 1, half), inside));
}

function at(props: CidrPlanProps): Pick<CidrPlanProps, "at"> {
  return props.at === undefined ? {} : { at: props.at };
}
