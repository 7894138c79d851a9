import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../core/cidr";
import { Name } from "../core/name";
import type { Cloud } from "../openstack/cloud";
import type { ISubnet as IOpenstackSubnet } from "../openstack/network/subnet";
import { reservedAddresses } from "./limits";
import { restBond } from "./rest-bond";
import { restObject } from "./rest-object";
import type { RoutingTable } from "./routing-table";
import { NHN008, NHN017 } from "./rules";
import type { IVpc } from "./vpc";

/** Who a subnet's machines can be reached by. */
export class Access {
  /** Machines may have floating IPs: the routing table has an internet gateway. */
  static readonly PUBLIC = new Access("public");
  /** No way in from outside: the routing table has none. */
  static readonly PRIVATE = new Access("private");

  private constructor(readonly name: "public" | "private") {}
}

/** A subnet, made here or elsewhere. */
export interface ISubnet extends IOpenstackSubnet {
  readonly vpc: IVpc;
  readonly access: Access;
}

export interface SubnetProps {
  /** Block inside the VPC, a /28 or larger. */
  readonly cidr: Cidr;
  /** The table that the subnet is explicitly on. It also says which VPC. */
  readonly routingTable: RoutingTable;
  /**
   * Who its machines can be reached by.
   * @default Access.PRIVATE
   */
  readonly access?: Access;
  /**
   * Name in the console.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/** What has to be known of a subnet that somebody else made. */
export interface SubnetAttributes {
  readonly vpc: IVpc;
  readonly subnetId: string;
  readonly cidr: Cidr;
  readonly access: Access;
}

/**
 * Defines addresses of a VPC for machines, on a routing table of the caller's choice and never on the VPC's default one.
 * Subnets of NHN Cloud lie in no zone: machines of every zone of the region stand in the same one.
 *
 * Creates the subnet and its association with the table. Free of charge. Only the name changes in place.
 *
 * Errors: NHN003, NHN004, NHN005, NHN008.
 *
 * @example new Subnet(this, "Private", { cidr: Cidr.parse("172.31.0.0/20"), routingTable });
 */
export class Subnet extends Construct implements ISubnet {
  /** A subnet whose id is known, and whose routes stand. */
  static fromAttributes(scope: Construct, id: string, attributes: SubnetAttributes): ISubnet {
    return new ImportedSubnet(scope, id, attributes);
  }

  readonly subnetId: string;
  readonly networkId: string;
  readonly cidr: Cidr;
  readonly vpc: IVpc;
  readonly access: Access;
  readonly cloud: Cloud;
  readonly reservedAddresses: readonly string[];
  private readonly table: RoutingTable;
  private readonly association: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    const { routingTable, cidr, access = Access.PRIVATE } = props;
    this.vpc = routingTable.vpc;
    this.refuseContradiction(access, routingTable);
    this.vpc.admit(this, cidr);
    const resource = restObject(this, "Resource", {
      collection: "vpcsubnets",
      noun: "vpcsubnet",
      fields: { vpc_id: this.vpc.networkId, cidr: cidr.toString(), name: props.name ?? Name.of(this).toString() },
      changeable: ["name"],
    });
    this.node.defaultChild = resource;
    this.subnetId = resource.id;
    this.networkId = this.vpc.networkId;
    this.cidr = cidr;
    this.cloud = this.vpc.cloud;
    this.access = access;
    this.reservedAddresses = reservedAddresses(cidr);
    this.table = routingTable;
    this.association = restBond(this, "Association", {
      collection: "vpcsubnets",
      noun: "vpcsubnet",
      objectId: resource.id,
      role: "routingtable",
      otherId: routingTable.routingTableId,
      noticed: false,
    });
  }

  get routing(): readonly ITerraformDependable[] {
    return [this.association, ...this.table.routes, ...this.vpc.roster.guards];
  }

  floatingIpNeeds(at: Construct): readonly ITerraformDependable[] {
    refuseFloatingIp(at, this);
    return this.routing;
  }

  private refuseContradiction(access: Access, table: RoutingTable): void {
    if ((access.name === "public") === table.isPublic) return;
    throw NHN008.violation({
      at: this,
      given: `a ${access.name} subnet on ${table.node.path}, which ${table.isPublic ? "has an" : "has no"} internet gateway`,
      fix: "put it on another table, or say the access that it has",
    });
  }
}

class ImportedSubnet extends Construct implements ISubnet {
  readonly subnetId: string;
  readonly networkId: string;
  readonly cidr: Cidr;
  readonly vpc: IVpc;
  readonly access: Access;
  readonly cloud: Cloud;
  readonly reservedAddresses: readonly string[];

  constructor(scope: Construct, id: string, attributes: SubnetAttributes) {
    super(scope, id);
    this.subnetId = attributes.subnetId;
    this.networkId = attributes.vpc.networkId;
    this.cidr = attributes.cidr;
    this.vpc = attributes.vpc;
    this.cloud = attributes.vpc.cloud;
    this.access = attributes.access;
    this.reservedAddresses = reservedAddresses(attributes.cidr);
    this.vpc.admit(this, attributes.cidr);
  }

  get routing(): readonly ITerraformDependable[] {
    return this.vpc.roster.guards;
  }

  floatingIpNeeds(at: Construct): readonly ITerraformDependable[] {
    refuseFloatingIp(at, this);
    return this.routing;
  }
}

/** Refuses a floating IP in front of a subnet that has no way to the internet. */
function refuseFloatingIp(at: Construct, subnet: ISubnet): void {
  if (subnet.access.name !== "public")
    throw NHN017.violation({
      at,
      given: `a floating IP in the private subnet ${subnet.cidr.toString()}`,
      fix: "put the machine's port into a public subnet, or a second port of the machine",
    });
}
