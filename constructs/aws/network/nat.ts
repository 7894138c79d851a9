import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway as NatGatewayResource } from "@cdktf/provider-aws/lib/nat-gateway";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Peer } from "../../core/peer";
import { AwsProviderVersion } from "../provider-version";
import type { NatInstanceProps } from "./nat-instance";
import { NatInstance } from "./nat-instance";
import { NET008 } from "./rules";
import type { ISubnet, RouteTarget } from "./subnet";

/** Where NAT is built: what a network knows when its turn comes. */
export interface NatSite {
  readonly networkId: string;
  /** Subnets of the public tier, one for each zone, in the order of the network's zones. */
  readonly publicSubnets: readonly ISubnet[];
  /** Everything with a public address must go before the gateway can be detached. */
  readonly internetGateway: ITerraformDependable;
  /** Blocks whose machines go out through NAT. */
  readonly clients: readonly Peer[];
}

/** Elastic IPs to reuse, by zone letter: allocation ids. Partners who allow addresses by number keep theirs. */
export type ElasticIps = Readonly<Record<string, string>>;

/** Leads a zone's default route somewhere. */
type RouteByZone = (zone: string) => RouteTarget;

/**
 * Defines how private tiers reach the internet.
 *
 * @example Nat.perZone(); Nat.single(); Nat.none(); Nat.instance()
 */
export class Nat {
  /** No way out. Private tiers have to say that endpoints are enough. */
  static none(): Nat {
    return new Nat("none", undefined);
  }

  /**
   * One NAT gateway, in the first zone of the network: the least that works. Zone failure cuts everybody off, and
   * traffic from other zones is billed for crossing.
   */
  static single(props: { readonly elasticIps?: ElasticIps } = {}): Nat {
    return new Nat("gateways", (scope, site) => {
      const [first] = site.publicSubnets;
      const gateways = natGateways(
        scope,
        { ...site, publicSubnets: first === undefined ? [] : [first] },
        props.elasticIps,
      );
      return () => gateways(first?.zone ?? "");
    });
  }

  /** One NAT gateway in each zone: no zone depends on another. Cost: a gateway-hour per zone. */
  static perZone(props: { readonly elasticIps?: ElasticIps } = {}): Nat {
    return new Nat("gateways", (scope, site) => natGateways(scope, site, props.elasticIps));
  }

  /**
   * One gateway that AWS spreads over the zones by itself. It stands in no subnet.
   *
   * Needs AWS provider 6.24 or newer: call `AwsProviderVersion.require(stack, ">= 6.24.0, < 7.0.0")`.
   */
  static regional(): Nat {
    return new Nat("regional", (scope, site) => {
      AwsProviderVersion.demand(scope, "6.24", "Nat.regional()");
      const gateway = new NatGatewayResource(scope, "Regional", {
        vpcId: site.networkId,
        availabilityMode: "regional",
        connectivityType: "public",
        tags: { Name: Name.of(scope).toString() },
        dependsOn: [site.internetGateway],
      });
      return () => ({ natGatewayId: gateway.id });
    });
  }

  /** A small machine that forwards: a tenth of a gateway's price, for networks that may be down while it restarts. */
  static instance(props: NatInstanceProps = {}): Nat {
    return new Nat("instance", (scope, site) => {
      const instance = new NatInstance(scope, "Instance", site, props);
      return () => ({ networkInterfaceId: instance.networkInterfaceId });
    });
  }

  private constructor(
    readonly kind: "none" | "gateways" | "regional" | "instance",
    private readonly make: ((scope: Construct, site: NatSite) => RouteByZone) | undefined,
  ) {}

  /** Builds it; undefined when there is no way out. */
  build(scope: Construct, id: string, site: NatSite): RouteByZone | undefined {
    return this.make?.(new Construct(scope, id), site);
  }
}

function natGateways(scope: Construct, site: NatSite, elasticIps: ElasticIps | undefined): RouteByZone {
  const zones = site.publicSubnets.map((subnet) => subnet.zone);
  if (elasticIps !== undefined && [...zones].sort().join() !== Object.keys(elasticIps).sort().join())
    throw NET008.violation({
      at: scope,
      given: `elastic IPs for zones ${Object.keys(elasticIps).join(", ") || "none"}, NAT gateways in ${zones.join(", ")}`,
      fix: "give one allocation id for each of those zones, or none at all",
    });
  const gateways = Object.fromEntries(
    site.publicSubnets.map((subnet) => [
      subnet.zone,
      new ZonalNatGateway(scope, subnet.zone, subnet, site.internetGateway, elasticIps?.[subnet.zone]),
    ]),
  );
  return (zone) => ({ natGatewayId: gateways[zone]?.natGatewayId ?? "" });
}

class ZonalNatGateway extends Construct {
  readonly natGatewayId: string;

  constructor(
    scope: Construct,
    zone: string,
    subnet: ISubnet,
    internetGateway: ITerraformDependable,
    elasticIp?: string,
  ) {
    super(scope, zone);
    const tags = { Name: Name.of(this).toString() };
    const allocationId =
      elasticIp ?? new Eip(this, "ElasticIp", { domain: "vpc", tags, dependsOn: [internetGateway] }).allocationId;
    const resource = new NatGatewayResource(this, "Resource", {
      allocationId,
      subnetId: subnet.subnetId,
      tags,
      dependsOn: [internetGateway],
    });
    this.node.defaultChild = resource;
    this.natGatewayId = resource.id;
  }
}
