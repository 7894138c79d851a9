import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Cidr } from "../core/cidr";
import { LONGEST_PREFIX, VPC_LIMITS } from "./limits";
import { NHN003, NHN004, NHN005, NHN012 } from "./rules";

/** A subnet as its VPC knows it. */
interface RosterSubnet {
  readonly path: string;
  readonly cidr: Cidr;
}

/**
 * Keeps what has been made in a VPC so far, so that what comes later is checked against it.
 */
export class VpcRoster {
  private readonly known: RosterSubnet[] = [];
  private tables = 0;
  private acl: { readonly path: string; readonly binding: ITerraformDependable } | undefined;

  constructor(private readonly block: Cidr) {}

  get subnets(): readonly RosterSubnet[] {
    return this.known;
  }

  /** What a machine should find in force when it starts: the VPC's ACL, where there is one. */
  get guards(): readonly ITerraformDependable[] {
    return this.acl === undefined ? [] : [this.acl.binding];
  }

  /** Notes a subnet; refuses one that is outside, too small, over another one, or one too many. */
  admit(at: Construct, cidr: Cidr): void {
    if (!this.block.contains(cidr) || cidr.prefix > LONGEST_PREFIX.subnet)
      throw NHN003.violation({
        at,
        given: `${cidr.toString()} in a VPC of ${this.block.toString()}`,
        fix: `use a block inside it, a /${LONGEST_PREFIX.subnet} or larger`,
      });
    const other = this.known.find((subnet) => subnet.cidr.overlaps(cidr));
    if (other !== undefined)
      throw NHN004.violation({
        at,
        given: `${cidr.toString()} shares addresses with ${other.cidr.toString()} of ${other.path}`,
        fix: "choose a block that no other subnet has",
      });
    this.known.push({ path: at.node.path, cidr });
    refuseMore(at, this.known.length, VPC_LIMITS.subnets, "subnet of this VPC");
  }

  /** Notes a routing table; refuses one too many. */
  addTable(at: Construct): void {
    this.tables += 1;
    refuseMore(at, this.tables, VPC_LIMITS.routingTables, "routing table of this VPC");
  }

  /** Refuses a second network ACL. */
  refuseSecondAcl(at: Construct): void {
    if (this.acl !== undefined)
      throw NHN012.violation({
        at,
        given: `a second network ACL beside ${this.acl.path}`,
        fix: "give the rules of all subnets to the first one",
      });
  }

  setAcl(at: Construct, binding: ITerraformDependable): void {
    this.acl = { path: at.node.path, binding };
  }
}

/** Refuses what a quota of the cloud would refuse. */
export function refuseMore(at: Construct, count: number, limit: number, what: string): void {
  if (count > limit)
    throw NHN005.violation({
      at,
      given: `${what} number ${count}`,
      fix: `keep to ${limit}, or spread over another VPC`,
    });
}
