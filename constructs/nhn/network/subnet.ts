import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { displayName } from "../../openstack/display-name";
import type { Cloud } from "../../openstack/cloud";
import type { ISubnet as IOpenstackSubnet } from "../../openstack/network/subnet";
import { restAttachment } from "../api/rest-attachment";
import { restObject } from "../api/rest-object";
import { reservedAddresses, VPC_OBJECT_NAME } from "../limits";
import { NHN008, NHN017 } from "../rules";
import type { RoutingTable } from "./routing-table";
import type { IVpc } from "./vpc";
import { VpcDependencies } from "./vpc-dependencies";

/** Whether the internet can reach a subnet's machines. */
export class Access {
  /** Machines may have floating IPs: the routing table has an internet gateway. */
  static readonly PUBLIC = new Access("public");
  /** No ingress from the internet: the routing table has no internet gateway. */
  static readonly PRIVATE = new Access("private");

  private constructor(
    /** Name of the kind of access. */
    readonly name: "public" | "private",
  ) {}
}

/** A subnet, created by this app or imported. */
export interface ISubnet extends IOpenstackSubnet {
  /** VPC that contains it. */
  readonly vpc: IVpc;
  /** Whether floating IPs may be attached. */
  readonly access: Access;
}

/** Properties of {@link Subnet}. */
export interface SubnetProps {
  /** Block inside the VPC, a /28 or larger. */
  readonly cidr: Cidr;
  /** Table that the subnet is explicitly associated with. It also determines the VPC. */
  readonly routingTable: RoutingTable;
  /**
   * Expected access, checked against the table: `Access.PUBLIC` or `Access.PRIVATE`. It configures nothing, because only the table
   * determines whether a subnet is public.
   * @default Access.PRIVATE
   */
  readonly access?: Access;
  /**
   * Name in the console.
   * @default - derived from the construct's path
   */
  readonly name?: string;
}

/** Attributes of an existing subnet. */
export interface SubnetAttributes {
  /** VPC that contains it. */
  readonly vpc: IVpc;
  /** Id of the subnet. */
  readonly subnetId: string;
  /** Block of addresses. */
  readonly cidr: Cidr;
  /** Whether floating IPs may be attached. */
  readonly access: Access;
}

/**
 * Defines a subnet of a VPC on an explicit routing table, never on the VPC's default table. Subnets of NHN Cloud span all zones of
 * their region.
 *
 * Creates the subnet and its association with the table. Only the name changes in place. Cost: free of charge.
 *
 * Errors: NHN003, NHN004, NHN005, NHN008, TXT001.
 *
 * @example new Subnet(this, "Private", { cidr: Cidr.parse("172.31.0.0/20"), routingTable });
 */
export class Subnet extends Construct implements ISubnet {
  /** Imports an existing subnet. Its routes must exist and its access is not checked. */
  static fromAttributes(scope: Construct, id: string, attributes: SubnetAttributes): ISubnet {
    class Import extends Construct implements ISubnet {
      readonly subnetId = attributes.subnetId;
      readonly networkId = attributes.vpc.networkId;
      readonly cidr = attributes.cidr;
      readonly vpc = attributes.vpc;
      readonly access = attributes.access;
      readonly cloud = attributes.vpc.cloud;
      readonly reservedAddresses = reservedAddresses(attributes.cidr);

      get routing(): readonly ITerraformDependable[] {
        return VpcDependencies.of(this.vpc, this).aclBinding;
      }

      floatingIpDependencies(at: Construct): readonly ITerraformDependable[] {
        rejectFloatingIp(at, this);
        return this.routing;
      }
    }
    const subnet = new Import(scope, id);
    VpcDependencies.of(attributes.vpc, subnet).addSubnet(subnet, attributes.cidr);
    return subnet;
  }

  /** Id of the subnet. */
  readonly subnetId: string;
  /** Id of the network. */
  readonly networkId: string;
  /** Block of addresses. */
  readonly cidr: Cidr;
  /** VPC that contains it. */
  readonly vpc: IVpc;
  /** Whether floating IPs may be attached. */
  readonly access: Access;
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
  readonly reservedAddresses: readonly string[];
  private readonly table: RoutingTable;
  private readonly association: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    const { routingTable, cidr, access = Access.PRIVATE } = props;
    this.vpc = routingTable.vpc;
    this.rejectContradiction(access, routingTable);
    VpcDependencies.of(this.vpc, this).addSubnet(this, cidr);
    const resource = restObject(this, "Resource", {
      collection: "vpcsubnets",
      noun: "vpcsubnet",
      fields: {
        vpc_id: this.vpc.networkId,
        cidr: cidr.toString(),
        name: displayName(this, props.name, VPC_OBJECT_NAME),
      },
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
    this.association = restAttachment(this, "Association", {
      collection: "vpcsubnets",
      noun: "vpcsubnet",
      objectId: resource.id,
      role: "routingtable",
      otherId: routingTable.routingTableId,
      detectsDrift: false,
    });
  }

  get routing(): readonly ITerraformDependable[] {
    return [this.association, ...this.table.routes, ...VpcDependencies.of(this.vpc, this).aclBinding];
  }

  floatingIpDependencies(at: Construct): readonly ITerraformDependable[] {
    rejectFloatingIp(at, this);
    return this.routing;
  }

  private rejectContradiction(access: Access, table: RoutingTable): void {
    if ((access.name === "public") === table.isPublic) return;
    throw NHN008.violation({
      at: this,
      given: `a ${access.name} subnet on ${table.node.path}, which ${table.isPublic ? "has an" : "has no"} internet gateway`,
      fix: "use another table, or set the access that matches the table",
    });
  }
}

/** Rejects a floating IP in a subnet that the internet cannot reach. */
function rejectFloatingIp(at: Construct, subnet: ISubnet): void {
  if (subnet.access.name !== "public")
    throw NHN017.violation({
      at,
      given: `a floating IP in the private subnet ${subnet.cidr.toString()}`,
      fix: "put the machine's port into a public subnet, or add a second port in one",
    });
}
