import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { Registry } from "../../core/registry";
import { LONGEST_PREFIX, VPC_LIMITS } from "../limits";
import { NHN003, NHN004, NHN005, NHN012 } from "../rules";
import type { IVpc } from "./vpc";

/** A registered subnet of a VPC. */
interface RegisteredSubnet {
  readonly path: string;
  readonly cidr: Cidr;
}

/** The subnets, routing tables and ACL of a VPC so far; later ones are checked against them. */
export class VpcDependencies {
  private static readonly registry = new Registry<IVpc, VpcDependencies>(({ cidr }) => new VpcDependencies(cidr));

  /** What the tree of a construct has added to a VPC. */
  static of(vpc: IVpc, { node }: Construct): VpcDependencies {
    return VpcDependencies.registry.of(vpc, vpc.networkId, node.root);
  }

  private readonly registered: RegisteredSubnet[] = [];
  private tables = 0;
  private acl: { readonly path: string; readonly binding: ITerraformDependable } | undefined;

  private constructor(private readonly block: Cidr) {}

  get subnets(): readonly RegisteredSubnet[] {
    return this.registered;
  }

  /** Binding of the VPC's ACL, if it has one: machines depend on it, so that the ACL is in force when they start. */
  get aclBinding(): readonly ITerraformDependable[] {
    return this.acl === undefined ? [] : [this.acl.binding];
  }

  /** Registers a subnet; rejects a subnet that is outside of the VPC, too small, overlapping, or over the quota. */
  addSubnet(at: Construct, cidr: Cidr): void {
    if (!this.block.contains(cidr) || cidr.prefix > LONGEST_PREFIX.subnet)
      throw NHN003.violation({
        at,
        given: `${cidr.toString()} in a VPC of ${this.block.toString()}`,
        fix: `use a block inside the VPC, a /${LONGEST_PREFIX.subnet} or larger`,
      });
    const other = this.registered.find((subnet) => subnet.cidr.overlaps(cidr));
    if (other !== undefined)
      throw NHN004.violation({
        at,
        given: `${cidr.toString()} shares addresses with ${other.cidr.toString()} of ${other.path}`,
        fix: "choose a block that no other subnet uses",
      });
    this.registered.push({ path: at.node.path, cidr });
    rejectExcess(at, this.registered.length, VPC_LIMITS.subnets, "subnet of this VPC");
  }

  /** Registers a routing table; rejects a table over the quota. */
  addTable(at: Construct): void {
    this.tables += 1;
    rejectExcess(at, this.tables, VPC_LIMITS.routingTables, "routing table of this VPC");
  }

  rejectSecondAcl(at: Construct): void {
    if (this.acl !== undefined)
      throw NHN012.violation({
        at,
        given: `a second network ACL in addition to ${this.acl.path}`,
        fix: "pass the rules of all subnets to the first ACL",
      });
  }

  setAcl(at: Construct, binding: ITerraformDependable): void {
    this.acl = { path: at.node.path, binding };
  }
}

/** Rejects a resource that exceeds a quota of the cloud. */
export function rejectExcess(at: Construct, count: number, limit: number, kind: string): void {
  if (count > limit)
    throw NHN005.violation({
      at,
      given: `${kind} number ${count}`,
      fix: `use at most ${limit}, or another VPC`,
    });
}
