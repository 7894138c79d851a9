import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway as NatGatewayResource } from "@cdktf/provider-aws/lib/nat-gateway";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import type { Peer } from "../../../core/peer";
import { AwsProviderVersion } from "../../provider-version";
import { NatInstance, type NatInstanceProps } from "./nat-instance";
import { NET008 } from "../rules";
import type { ISubnet, RouteTarget } from "../subnet";

/** The parts of a network that NAT needs. */
export interface NatSite {
  readonly networkId: string;
  /** Subnets of the public tier, one per zone, in the order of the network's zones. */
  readonly publicSubnets: readonly ISubnet[];
  /** For `dependsOn`: resources with public addresses must be destroyed before the gateway can be detached. */
  readonly internetGateway: ITerraformDependable;
  /** Blocks whose machines use NAT. */
  readonly clients: readonly Peer[];
}

/** Allocation ids of existing elastic IPs by zone letter, so that addresses on the allowlists of partners do not change. */
export type ElasticIps = Readonly<Record<string, string>>;

/** Returns the target of the default route of a zone. */
type RouteByZone = (zone: string) => RouteTarget;

/**
 * Defines how private tiers reach the internet.
 *
 * @example Nat.perZone(); Nat.single(); Nat.none(); Nat.instance()
 */
export class Nat {
  /** No NAT. Private tiers must set `endpointsOnly`. */
  static none(): Nat {
    return new Nat("none", undefined);
  }

  /**
   * One NAT gateway in the first zone of the network, for development. A failure of that zone disconnects all private tiers,
   * and cross-zone traffic is billed.
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

  /** One NAT gateway per zone, so that no zone depends on another. Cost: one gateway-hour per zone. */
  static perZone(props: { readonly elasticIps?: ElasticIps } = {}): Nat {
    return new Nat("gateways", (scope, site) => natGateways(scope, site, props.elasticIps));
  }

  /**
   * One regional NAT gateway, which AWS distributes over the zones. It is not in a subnet.
   *
   * Needs AWS provider 6.24 or newer: call `AwsProviderVersion.require(stack, ">= 6.24.0, < 7.0.0")`.
   */
  static regional(): Nat {
    return new Nat("regional", (scope, site) => {
      AwsProviderVersion.requireAtLeast(scope, "6.24", "Nat.regional()");
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

  /** A small NAT machine for a tenth of a gateway's price; the private tiers are offline while it restarts. */
  static instance(props: NatInstanceProps = {}): Nat {
    return new Nat("instance", (scope, site) => {
      const instance = new NatInstance(scope, "Instance", site, props);
      return () => ({ networkInterfaceId: instance.networkInterfaceId });
    });
  }

  private constructor(
    readonly kind: "none" | "gateways" | "regional" | "instance",
    private readonly create: ((scope: Construct, site: NatSite) => RouteByZone) | undefined,
  ) {}

  /** Creates the NAT resources; returns undefined for `Nat.none()`. */
  build(scope: Construct, id: string, site: NatSite): RouteByZone | undefined {
    return this.create?.(new Construct(scope, id), site);
  }
}

function natGateways(scope: Construct, site: NatSite, elasticIps: ElasticIps | undefined): RouteByZone {
  const zones = site.publicSubnets.map((subnet) => subnet.zone);
  if (elasticIps !== undefined && [...zones].sort().join() !== Object.keys(elasticIps).sort().join())
    throw NET008.violation({
      at: scope,
      given: `elastic IPs for zones ${Object.keys(elasticIps).join(", ") || "none"}, NAT gateways in ${zones.join(", ")}`,
      fix: "specify one allocation id for each of these zones, or omit elasticIps",
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
