import type { Cidr } from "./cidr";
import type { CidrPlanProps, PlannedSubnet, PlannedTier } from "./cidr-plan";
import { PLN001, PLN002, PLN003, PLN004, PLN006 } from "./rules";
import { Slot } from "./slot";
import type { Violation } from "./violation";
import { Violations } from "./violation";

/** Zone letters the plan keeps room for. No public cloud region has more than six zones today. */
export const ZONE_LETTERS = "abcdefgh";

/** Refuses, all at once, what cannot be planned. */
export function checkInputs(props: CidrPlanProps): void {
  Violations.throwIfAny([...blockViolations(props), ...zoneViolations(props), ...tierViolations(props)]);
}

/** Refuses, all at once, subnets that do not fit or share addresses. */
export function checkSubnets(subnets: readonly PlannedSubnet[], props: CidrPlanProps): void {
  Violations.throwIfAny([...fitViolations(subnets, props), ...overlapViolations(subnets, props)]);
}

function blockViolations(props: CidrPlanProps): Violation[] {
  const shared = props.blocks.flatMap((one, index) =>
    props.blocks
      .slice(index + 1)
      .filter((other) => one.overlaps(other))
      .map((other) =>
        PLN002.violation({
          at: props.at,
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
            at: props.at,
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
        at: props.at,
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
        at: props.at,
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
          at: props.at,
          given: `block ${cidr.toString()} of tier "${tier.name}" in zone "${zone}" lies outside ${props.blocks.join(", ")}`,
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

function outgrown(tier: PlannedTier, mask: number, slot: Cidr, props: CidrPlanProps): Violation {
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
  const free = props.blocks.flatMap((block) =>
    freeParts(
      block,
      claims.map((claim) => claim.cidr),
    ),
  );
  return claims.flatMap((one, index) =>
    claims
      .slice(index + 1)
      .filter((other) => one.cidr.overlaps(other.cidr))
      .map((other) =>
        PLN002.violation({
          at: props.at,
          given: `${one.what} (${one.cidr.toString()}) and ${other.what} (${other.cidr.toString()}) share addresses`,
          fix: free.length > 0 ? `still free: ${free.join(", ")}` : "give the network a larger or a second block",
        }),
      ),
  );
}

/** The largest aligned parts of a block that nothing takes. */
export function freeParts(block: Cidr, taken: readonly Cidr[]): Cidr[] {
  const inside = taken.filter((cidr) => cidr.overlaps(block));
  if (inside.length === 0) return [block];
  if (inside.some((cidr) => cidr.contains(block)) || block.prefix === 32) return [];
  return [0, 1].flatMap((half) => freeParts(block.part(block.prefix + 1, half), inside));
}
