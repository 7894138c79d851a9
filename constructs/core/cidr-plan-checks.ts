import type { Cidr } from "./cidr";
import type { CidrPlanProps, PlannedSubnet, PlannedTier } from "./cidr-plan";
import { PLN001, PLN002, PLN003, PLN004, PLN006 } from "./rules";
import { Slot } from "./slot";
import { type Violation, Violations } from "./violation";

/** Zone letters the plan reserves addresses for. No public cloud region has more than six zones today. */
export const ZONE_LETTERS = "abcdefgh";

/** Rejects invalid blocks, zones and tiers, all violations at once. */
export function checkInputs(props: CidrPlanProps): void {
  Violations.throwIfAny([...blockViolations(props), ...zoneViolations(props), ...tierViolations(props)]);
}

/** Rejects subnets that do not fit or that overlap, all violations at once. */
export function checkSubnets(subnets: readonly PlannedSubnet[], props: CidrPlanProps): void {
  Violations.throwIfAny([...fitViolations(subnets, props), ...overlapViolations(subnets, props)]);
}

function blockViolations(props: CidrPlanProps): Violation[] {
  const overlapping = props.blocks.flatMap((block, index) =>
    props.blocks
      .slice(index + 1)
      .filter((other) => block.overlaps(other))
      .map((other) =>
        PLN002.violation({
          at: props.at,
          given: `blocks ${block.toString()} and ${other.toString()} share addresses`,
          fix: "choose disjoint blocks",
        }),
      ),
  );
  const foreign = props.tiers.flatMap(({ name, block }) =>
    block === undefined || props.blocks.some((own) => own.equals(block))
      ? []
      : [
          PLN001.violation({
            at: props.at,
            given: `tier "${name}" uses block ${block.toString()}, the network has ${props.blocks.join(", ")}`,
            fix: `add ${block.toString()} to the network's blocks`,
          }),
        ],
  );
  return [...overlapping, ...foreign];
}

function zoneViolations(props: CidrPlanProps): Violation[] {
  return props.zones
    .filter((zone, index) => zone.length !== 1 || !ZONE_LETTERS.includes(zone) || props.zones.indexOf(zone) !== index)
    .map((zone) =>
      PLN003.violation({
        at: props.at,
        given: `zones ${JSON.stringify(props.zones)}: "${zone}" is not a letter from a to h, or is listed twice`,
        fix: "list each zone once by its letter",
      }),
    );
}

function tierViolations(props: CidrPlanProps): Violation[] {
  const names = props.tiers.map((tier) => tier.name);
  const masks = props.tiers
    .filter(({ mask }) => mask !== undefined && (!Number.isInteger(mask) || mask < 0 || mask > 32))
    .map(({ name, mask }) =>
      PLN001.violation({
        at: props.at,
        given: `mask ${String(mask)} of tier "${name}"`,
        fix: `use a whole number from ${props.masks.largest} to ${props.masks.smallest}`,
      }),
    );
  const invalid = names
    .filter((name, index) => !/^[a-z][a-z0-9-]{0,23}$/.test(name) || names.indexOf(name) !== index)
    .map((name) =>
      PLN004.violation({
        at: props.at,
        given: `tier name "${name}" ${names.indexOf(name) === names.lastIndexOf(name) ? "is not a short lower-case name" : "is used twice"}`,
        fix: "name each tier once, with letters, digits and hyphens",
      }),
    );
  return [...masks, ...invalid];
}

/** A tier fits when its subnets are inside their block and their zone's part of the slot, and have a size the cloud accepts. */
function fitViolations(subnets: readonly PlannedSubnet[], props: CidrPlanProps): Violation[] {
  return props.tiers.flatMap((tier) => {
    const own = subnets.filter((subnet) => subnet.tier === tier.name);
    const { largest, smallest } = props.masks;
    const sizes = own.filter(({ cidr }) => cidr.prefix < largest || cidr.prefix > smallest);
    if (tier.placement instanceof Slot) {
      const slot = tier.placement.of(tier.block ?? props.blocks[0]);
      const mask = tier.mask ?? slot.prefix + 3;
      if (mask >= slot.prefix + 3 && sizes.length === 0) return [];
      return [slotTooSmall(tier, mask, slot, props)];
    }
    return own
      .filter(({ cidr }) => !props.blocks.some((block) => block.contains(cidr)))
      .map(({ cidr, zone }) =>
        PLN006.violation({
          at: props.at,
          given: `block ${cidr.toString()} of tier "${tier.name}" in zone "${zone}" is outside ${props.blocks.join(", ")}`,
          fix: "choose a block inside the network",
        }),
      )
      .concat(
        sizes.map(({ cidr }) =>
          PLN001.violation({
            at: props.at,
            given: `block ${cidr.toString()} of tier "${tier.name}"`,
            fix: `choose a prefix length from /${largest} to /${smallest}`,
          }),
        ),
      );
  });
}

function slotTooSmall(tier: PlannedTier, mask: number, slot: Cidr, props: CidrPlanProps): Violation {
  const { largest, smallest } = props.masks;
  const block = tier.block ?? props.blocks[0];
  const slotBits = slot.prefix - block.prefix;
  const needed = Math.min(mask, smallest) - 3 - slotBits;
  const fixes = [
    ...(slot.prefix + 3 <= smallest ? [`use masks from /${Math.max(slot.prefix + 3, largest)} to /${smallest}`] : []),
    ...(needed >= largest && needed < block.prefix ? [`give the network a /${needed} or larger`] : []),
  ];
  return PLN001.violation({
    at: props.at,
    given: `tier "${tier.name}" needs ${props.zones.length} × /${mask}, its slot ${slot.toString()} (${String(tier.placement)} of ${block.toString()}) holds ${slot.size} addresses, ${slot.size / 8} for each of 8 zones`,
    fix: fixes.length > 0 ? fixes.join(", or ") : "give the tier a larger slot, or explicit blocks",
  });
}

function overlapViolations(subnets: readonly PlannedSubnet[], props: CidrPlanProps): Violation[] {
  // Whole slots are compared: the part of a zone added later must still be free, so a tier owns more than its subnets.
  const claims = props.tiers.flatMap((tier) =>
    tier.placement instanceof Slot
      ? [{ tier: tier.name, label: `tier "${tier.name}"`, cidr: tier.placement.of(tier.block ?? props.blocks[0]) }]
      : subnets
          .filter((subnet) => subnet.tier === tier.name)
          .map(({ zone, cidr }) => ({ tier: tier.name, label: `tier "${tier.name}" in zone "${zone}"`, cidr })),
  );
  const free = props.blocks.flatMap((block) =>
    freeParts(
      block,
      claims.map(({ cidr }) => cidr),
    ),
  );
  return claims.flatMap((claim, index) =>
    claims
      .slice(index + 1)
      .filter((other) => claim.cidr.overlaps(other.cidr))
      .map((other) =>
        PLN002.violation({
          at: props.at,
          given: `${claim.label} (${claim.cidr.toString()}) and ${other.label} (${other.cidr.toString()}) share addresses`,
          fix: free.length > 0 ? `still free: ${free.join(", ")}` : "give the network a larger or a second block",
        }),
      ),
  );
}

/** The largest aligned parts of a block that are not in use. */
export function freeParts(block: Cidr, used: readonly Cidr[]): Cidr[] {
  const inside = used.filter((cidr) => cidr.overlaps(block));
  if (inside.length === 0) return [block];
  if (inside.some((cidr) => cidr.contains(block)) || block.prefix === 32) return [];
  return [0, 1].flatMap((half) => freeParts(block.part(block.prefix + 1, half), inside));
}
