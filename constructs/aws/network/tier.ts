import type { Cidr } from "../../core/cidr";
import type { PlannedTier } from "../../core/cidr-plan";
import { defined } from "../../core/defined";
import { NetworkAclRules } from "../../core/network-acl-rules";
import { Slot } from "../../core/slot";

/** Connectivity of a tier: internet gateway, NAT, or the network only. */
export type TierKind = "public" | "private" | "isolated";

/** Options of every tier. */
export interface TierProps {
  /**
   * Key of the tier: part of the ids, names and tags of its resources.
   * @default - the kind: "public", "private" or "isolated"
   */
  readonly name?: string;
  /**
   * Prefix length of the tier's subnets.
   * @default - the whole part of a zone: an eighth of the slot
   */
  readonly mask?: number;
  /**
   * Slot of the tier in its block. A second tier of the same kind must specify a free slot.
   * @default - public: the first eighth; isolated: the second eighth; private: the second half
   */
  readonly slot?: Slot;
  /**
   * Explicit blocks by zone letter, instead of a slot. They are checked and used unchanged.
   * @default - blocks are planned from the slot
   */
  readonly cidrs?: Readonly<Record<string, Cidr>>;
  /**
   * Block of the network that contains the tier.
   * @default - the network's primary block
   */
  readonly block?: Cidr;
  /**
   * Rules of the tier's network ACL.
   * @default - inbound: the network, for public tiers also HTTP and HTTPS; outbound: all connections, for isolated tiers the network only
   */
  readonly acl?: NetworkAclRules;
}

/** Options of a private tier. */
export interface PrivateTierProps extends TierProps {
  /**
   * Whether the tier reaches AWS services through VPC endpoints only: it then has no default route and needs no NAT.
   * @default false
   */
  readonly endpointsOnly?: boolean;
}

/**
 * Defines a kind of subnet that exists once in every zone.
 *
 * A tier specifies its slot in the address plan (see `CidrPlan`), so that adding a tier moves no other.
 *
 * @example Tier.isolated({ name: "data", slot: Slot.eighth(3), mask: 24 })
 */
export class Tier {
  /** Subnets with a route to the internet gateway, for load balancers and NAT. */
  static public(props: TierProps = {}): Tier {
    return new Tier("public", props, Slot.eighth(1), NetworkAclRules.web());
  }

  /** Subnets that reach the internet through NAT and accept no connections from it. */
  static private(props: PrivateTierProps = {}): Tier {
    return new Tier("private", props, Slot.half(2), NetworkAclRules.outbound());
  }

  /** Subnets without routes outside the network, for example for databases. */
  static isolated(props: TierProps = {}): Tier {
    return new Tier("isolated", props, Slot.eighth(2), NetworkAclRules.networkOnly());
  }

  /** Name of the tier. */
  readonly name: string;
  /** Rules of the tier's network ACL; undefined for the default rules. */
  readonly acl: NetworkAclRules;
  /** Whether a private tier has no default route. */
  readonly endpointsOnly: boolean;
  /** The tier's part of the address plan. */
  readonly planned: PlannedTier;

  private constructor(
    /** Whether the tier is public, private or isolated. */
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
      placement: props.cidrs ?? props.slot ?? slot,
      ...defined({ mask: props.mask, block: props.block }),
    };
  }
}
