import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";
import { Cidr } from "../../core/cidr";
import { checkStack } from "../../core/name-claims";
import { isWholeToken } from "../../core/token";
import { resourceId } from "../resource-id";
import { NET010 } from "./rules";
import { checkedTags, type Tags } from "../../core/tags";
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

/** Returns the attributes, or rejects ids, blocks and zones that are invalid. */
export function checkedAttributes(attributes: NetworkAttributes, at: Construct): NetworkAttributes {
  resourceId(attributes.networkId, "network", at);
  checkedBlock(attributes.cidr, at);
  for (const { subnetId, zone, cidr, routeTableId } of attributes.subnets) {
    resourceId(subnetId, "subnet", at);
    resourceId(routeTableId, "route table", at);
    checkedBlock(cidr, at);
    if (!attributes.zones.letters.includes(zone))
      throw NET010.violation({
        at,
        given: `subnet ${subnetId} in zone "${zone}"`,
        fix: `the network has the zones ${attributes.zones.letters.join(", ")}`,
      });
  }
  return attributes;
}

function checkedBlock(cidr: string, at: Construct): void {
  if (!isWholeToken(cidr)) Cidr.parse(cidr, at);
}

/** Reads the VPC and one subnet per tier and zone with data sources; the plan fails when one is missing. */
export function lookUpNetwork(scope: Construct, id: string, lookup: NetworkLookup): NetworkAttributes {
  const found = new Construct(scope, `${id}Lookup`);
  checkStack(found);
  const vpc = new DataAwsVpc(found, "Vpc", { tags: { ...checkedTags(lookup.tags, found) } });
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
