import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet as SubnetResource } from "@cdktf/provider-aws/lib/subnet";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { Name } from "../../core/name";
import type { Tags } from "../../core/tags";

/** A subnet, made here or elsewhere. */
export interface ISubnet {
  readonly subnetId: string;
  /** Zone letter. */
  readonly zone: string;
  /** Name of the tier it belongs to. */
  readonly tier: string;
  /** Block, as AWS writes it. */
  readonly cidr: string;
  readonly routeTableId: string;
  /**
   * What has to stand before a machine in the subnet reaches where it should: the association and the routes. A machine
   * that depends on it is also gone before its routes are, which is what lets a destroy end.
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
   * What has to stand before the block can be used: the association of a secondary block.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Where a route leads: exactly one of the targets AWS has. */
export type RouteTarget =
  | { readonly gatewayId: string }
  | { readonly natGatewayId: string }
  | { readonly networkInterfaceId: string }
  | { readonly egressOnlyGatewayId: string }
  | { readonly transitGatewayId: string }
  | { readonly vpcPeeringConnectionId: string };

/**
 * Defines one tier's subnet in one zone, with a route table of its own.
 *
 * Creates the subnet, its route table, and their association. Free of charge. Made by `Network`.
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
    const tags = { ...props.tags, Name: Name.of(this).toString() };
    const resource = new SubnetResource(this, "Resource", {
      vpcId: props.networkId,
      availabilityZone: props.zoneName,
      cidrBlock: props.cidr.toString(),
      ...(props.ipv6Cidr === undefined ? {} : { ipv6CidrBlock: props.ipv6Cidr, assignIpv6AddressOnCreation: true }),
      tags,
      ...(props.dependsOn === undefined ? {} : { dependsOn: [...props.dependsOn] }),
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

  /** Makes the subnet public. */
  addInternetRoutes(gatewayId: string, ipv6: boolean): void {
    this.addRoute("internet", "0.0.0.0/0", { gatewayId });
    if (ipv6) this.addRoute("internet-ipv6", "::/0", { gatewayId });
  }

  /** Adds a route to a block of addresses. The id is a noun: where the route leads. */
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
