import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";
import type { Tags } from "../../core/tags";
import type { Zones } from "../region";

/** Attributes of an existing network. */
export interface NetworkAttributes {
  /** Id of the VPC. */
  readonly networkId: string;
  /** Primary block, for example `10.20.0.0/16`. */
  readonly cidr: string;
  /** Zones that the network uses. */
  readonly zones: Zones;
  /** Subnets, one per tier and zone. */
  readonly subnets: readonly {
    readonly subnetId: string;
    /** Name of the tier. */
    readonly tier: string;
    /** Zone letter. */
    readonly zone: string;
    /** Block, for example `10.20.0.0/22`. */
    readonly cidr: string;
    readonly routeTableId: string;
  }[];
}

/** Search criteria for a network that this library created. */
export interface NetworkLookup {
  /** Tags that exactly one VPC has, for example `{ Name: "production-eks-network" }`. Values are compared exactly, not as patterns. */
  readonly tags: Tags;
  /** Zones that the network uses. */
  readonly zones: Zones;
  /** Names of the tiers to find, as in the tag `Tier` of the subnets. */
  readonly tiers: readonly string[];
}

/** Reads the VPC and one subnet per tier and zone with data sources; the plan fails when one is missing. */
export function lookUpNetwork(scope: Construct, id: string, lookup: NetworkLookup): NetworkAttributes {
  const found = new Construct(scope, `${id}Lookup`);
  const vpc = new DataAwsVpc(found, "Vpc", { tags: { ...lookup.tags } });
  const subnets = lookup.tiers.flatMap((tier) => {
    const tierScope = new Construct(found, tier);
    return lookup.zones.letters.map((zone) => {
      const zoneScope = new Construct(tierScope, zone);
      const subnet = new DataAwsSubnet(zoneScope, "Subnet", {
        vpcId: vpc.id,
        availabilityZone: lookup.zones.region.zone(zone),
        tags: { Tier: tier },
      });
      const routeTable = new DataAwsRouteTable(zoneScope, "RouteTable", { subnetId: subnet.id });
      return { subnetId: subnet.id, tier, zone, cidr: subnet.cidrBlock, routeTableId: routeTable.routeTableId };
    });
  });
  return { networkId: vpc.id, cidr: vpc.cidrBlock, zones: lookup.zones, subnets };
}
