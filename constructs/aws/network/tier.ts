import type { Cidr } from "../../core/cidr";
import type { PlannedTier } from "../../core/cidr-plan";
import { NetworkAclRules } from "../../core/network-acl-rules";
import { Slot } from "../../core/slot";

/** How the machines of a tier reach what is outside of the network. */
export type TierKind = "public" | "private" | "isolated";

/** What all tiers can say of themselves. */
export interface TierProps {
  /**
   * Key of the tier: part of the ids, names and tags of everything in it.
   * @default - the kind: "public", "private" or "isolated"
   */
  readonly name?: string;
  /**
   * Prefix length of the tier's subnets.
   * @default - the whole room of a zone, an eighth of the slot
   */
  readonly mask?: number;
  /**
   * The tier's place in its block. Every further tier of a kind has to name a free one.
   * @default - public: the first eighth; isolated: the second eighth; private: the second half
   */
  readonly slot?: Slot;
  /**
   * Explicit blocks by zone letter, instead of a slot. They are checked, not moved.
   * @default - blocks are planned from the slot
   */
  readonly cidrs?: Readonly<Record<string, Cidr>>;
  /**
   * The block of the network that the tier is cut from.
   * @default - the network's primary block
   */
  readonly block?: Cidr;
  /**
   * Stateless rules in front of the tier.
   * @default - public: web ports in, anything out; private: the network in, anything out; isolated: the network only
   */
  readonly acl?: NetworkAclRules;
}

/** What a private tier can say beyond that. */
export interface PrivateTierProps extends TierProps {
  /**
   * Says that the tier needs no internet: no default route is made, endpoints are enough.
   * @default false
   */
  readonly endpointsOnly?: boolean;
}

/**
 * Defines a kind of subnet that exists once in every zone.
 *
 * A tier carries its own place in the address plan (see `CidrPlan`), so adding one moves no other.
 *
 * @example Tier.isolated({ name: "data", slot: Slot.eighth(3), mask: 24 })
 */
export class Tier {
  /** Subnets with a route to the internet gateway, for load balancers and NAT. */
  static public(props: TierProps = {}): Tier {
    return new Tier("public", props, Slot.eighth(1), NetworkAclRules.web());
  }

  /** Subnets whose machines reach out through NAT and cannot be reached from outside. */
  static private(props: PrivateTierProps = {}): Tier {
    return new Tier("private", props, Slot.half(2), NetworkAclRules.outbound());
  }

  /** Subnets that reach the network and nothing else, for data. */
  static isolated(props: TierProps = {}): Tier {
    return new Tier("isolated", props, Slot.eighth(2), NetworkAclRules.networkOnly());
  }

  readonly name: string;
  readonly acl: NetworkAclRules;
  /** Whether a private tier does without a default route. */
  readonly endpointsOnly: boolean;
  /** What the address plan has to know. */
  readonly planned: PlannedTier;

  private constructor(
    readonly kind: TierKind,
    props: PrivateTierProps,
    slot: Slot,
    acl: NetworkAclRules,
  ) {
    this.name = props.name ?? kind;
    this.acl = props.acl ?? acl;
    this.endpointsOnly = props.endpointsOnly ?? false;
    this.planned = {
      name: this.name,
      place: props.cidrs ?? props.slot ?? slot,
      ...(props.mask === undefined ? {} : { mask: props.mask }),
      ...(props.block === undefined ? {} : { block: props.block }),
    };
  }
}
