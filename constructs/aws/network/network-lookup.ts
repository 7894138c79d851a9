import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";
import type { Tags } from "../../core/tags";
import type { Zones } from "../region";
import { ImportedNetwork } from "./imported-network";
import type { INetwork } from "./network";

/** By what a network of this library is found. */
export interface NetworkLookup {
  /** Tags that exactly one VPC has, for example `{ Name: "production-eks-network" }`. Compared whole, never as a pattern. */
  readonly tags: Tags;
  readonly zones: Zones;
  /** Names of the tiers to find; each subnet carries its tier's name as the tag `Tier`. */
  readonly tiers: readonly string[];
}

/** Reads the VPC and one subnet for each tier and zone; Terraform stops at plan when one is missing. */
export function lookUpNetwork(scope: Construct, id: string, lookup: NetworkLookup): INetwork {
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
  return new ImportedNetwork(scope, id, { networkId: vpc.id, cidr: vpc.cidrBlock, zones: lookup.zones, subnets });
}
