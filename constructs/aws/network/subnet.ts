import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet as SubnetResource } from "@cdktf/provider-aws/lib/subnet";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import type { Tags } from "../../core/tags";

/** A subnet, created here or existing. */
export interface ISubnet {
  /** Id of the subnet. */
  readonly subnetId: string;
  /** Zone letter. */
  readonly zone: string;
  /** Name of the tier. */
  readonly tier: string;
  /** Block, for example `10.20.0.0/22`. */
  readonly cidr: string;
  /** Id of the subnet's route table. */
  readonly routeTableId: string;
  /**
   * Route table association and routes, for `dependsOn` of machines in the subnet: a machine then has connectivity when it
   * starts, and is destroyed before its routes, without which the destroy would hang.
   */
  readonly routing: readonly ITerraformDependable[];
}

export interface SubnetProps {
  readonly networkId: string;
  readonly tier: string;
  /** Zone letter. */
  readonly zone: string;
  /** Zone name, for example `ap-northeast-2a`. */
  readonly zoneName: string;
  readonly cidr: Cidr;
  /**
   * The subnet's /64.
   * @default - no IPv6
   */
  readonly ipv6Cidr?: string;
  readonly tags: Tags;
  /**
   * Resources that must exist before the block can be used: the association of a secondary block.
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Target of a route: exactly one of the target types of AWS. */
export type RouteTarget =
  | { readonly gatewayId: string }
  | { readonly natGatewayId: string }
  | { readonly networkInterfaceId: string }
  | { readonly egressOnlyGatewayId: string }
  | { readonly transitGatewayId: string }
  | { readonly vpcPeeringConnectionId: string };

/**
 * Defines the subnet of one tier in one zone, with its own route table.
 *
 * Creates the subnet, its route table, and their association. Free of charge. Created by `Network`.
 */
export class Subnet extends Construct implements ISubnet {
  readonly subnetId: string;
  readonly zone: string;
  readonly tier: string;
  readonly cidr: string;
  readonly routeTableId: string;
  private readonly routes: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    this.zone = props.zone;
    this.tier = props.tier;
    const tags = { ...props.tags, Name: Name.of(this).tag() };
    const resource = new SubnetResource(this, "Resource", {
      vpcId: props.networkId,
      availabilityZone: props.zoneName,
      cidrBlock: props.cidr.toString(),
      ...defined({
        ipv6CidrBlock: props.ipv6Cidr,
        assignIpv6AddressOnCreation: props.ipv6Cidr === undefined ? undefined : true,
      }),
      tags,
      ...defined({ dependsOn: props.dependsOn && [...props.dependsOn] }),
    });
    const table = new RouteTable(this, "RouteTable", { vpcId: props.networkId, tags: { Name: tags.Name } });
    const association = new RouteTableAssociation(this, "Association", {
      subnetId: resource.id,
      routeTableId: table.id,
    });
    this.node.defaultChild = resource;
    this.subnetId = resource.id;
    this.cidr = props.cidr.toString();
    this.routeTableId = table.id;
    this.routes = [association];
  }

  get routing(): readonly ITerraformDependable[] {
    return this.routes;
  }

  /** Adds default routes to the internet gateway. */
  addInternetRoutes(gatewayId: string, ipv6: boolean): void {
    this.addRoute("internet", "0.0.0.0/0", { gatewayId });
    if (ipv6) this.addRoute("internet-ipv6", "::/0", { gatewayId });
  }

  /** Adds a route to a block of addresses. The id names the target. */
  addRoute(id: string, destination: string, target: RouteTarget): void {
    this.routes.push(
      new Route(this, id, {
        routeTableId: this.routeTableId,
        ...(destination.includes(":")
          ? { destinationIpv6CidrBlock: destination }
          : { destinationCidrBlock: destination }),
        ...target,
      }),
    );
  }
}
