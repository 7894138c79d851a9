import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway as NatGatewayResource } from "@cdktf/provider-aws/lib/nat-gateway";
import type { ITerraformDependable, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import type { Peer } from "../../../core/peer";
import { AwsProviderVersion } from "../../provider-version";
import type { Zones } from "../../region";
import { NatInstance, type NatInstanceProps } from "./nat-instance";
import { resourceId } from "../../resource-id";
import { NET008, NET013 } from "../rules";
import type { ISubnet, RouteTarget } from "../subnet";

/** The parts of a network that NAT needs. */
export interface NatSite {
  /** Id of the network. */
  readonly networkId: string;
  /** Availability zones. */
  readonly zones: Zones;
  /** Subnets of the public tier, one per zone, in the order of the network's zones. */
  readonly publicSubnets: readonly ISubnet[];
  /** For `dependsOn`: resources with public addresses must be destroyed before the gateway can be detached. */
  readonly internetGateway: ITerraformDependable;
  /** Blocks whose machines use NAT. */
  readonly clients: readonly Peer[];
}

/** Allocation ids of existing elastic IPs by zone letter, so that addresses on the allowlists of partners do not change. */
export type ElasticIps = Readonly<Record<string, string>>;

/** Options of `Nat.single`. */
export interface SingleNatProps {
  /**
   * Letter of the zone of the gateway.
   * @default - the zone of the elastic IP, if there is one; otherwise the zone that was the first one when the gateway was created
   */
  readonly zone?: string;
  /**
   * Existing elastic IP, by the letter of the gateway's zone.
   * @default - a new address
   */
  readonly elasticIps?: ElasticIps;
}

type Lifecycle = TerraformResourceLifecycle;

/** Returns the target of the default route of a zone. */
type RouteByZone = (zone: string) => RouteTarget;

/**
 * Defines how private tiers reach the internet.
 *
 * @example Nat.perZone(); Nat.single(); Nat.single({ zone: "a" }); Nat.none(); Nat.instance()
 */
export class Nat {
  /** No NAT. Private tiers must set `endpointsOnly`. */
  static none(): Nat {
    return new Nat("none", undefined);
  }

  /**
   * One NAT gateway, for development. A failure of its zone disconnects all private tiers, and cross-zone traffic is billed.
   *
   * Without `zone`, it is created in the first zone of the network and stays there, wherever zones are added. The plan fails when its
   * zone is removed: `zone` then specifies a new one.
   */
  static single(props: SingleNatProps = {}): Nat {
    return new Nat("gateways", (scope, site) => {
      const named = props.zone ?? onlyZone(props.elasticIps);
      const subnet = namedSubnet(scope, site, "Nat.single", named);
      checkElasticIps(scope, [subnet.zone], props.elasticIps);
      const gateway = new ZonalNatGateway(scope, named ?? FIRST, {
        subnet,
        internetGateway: site.internetGateway,
        ...defined({ elasticIp: props.elasticIps?.[subnet.zone] }),
        ...(named === undefined ? { lifecycle: stayIn(site.publicSubnets) } : {}),
      });
      return () => ({ natGatewayId: gateway.natGatewayId });
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
        tags: { Name: Name.of(scope).tag() },
        dependsOn: [site.internetGateway],
      });
      return () => ({ natGatewayId: gateway.id });
    });
  }

  /**
   * A small NAT machine for a tenth of a gateway's price; the private tiers are offline while it restarts. It stays in its zone as
   * the gateway of `Nat.single` does.
   */
  static instance(props: NatInstanceProps = {}): Nat {
    return new Nat("instance", (scope, site) => {
      const subnet = namedSubnet(scope, site, "Nat.instance", props.zone);
      const instance = new NatInstance(scope, "Instance", site, {
        subnet,
        ...props,
        ...(props.zone === undefined ? { lifecycle: stayIn(site.publicSubnets) } : {}),
      });
      return () => ({ networkInterfaceId: instance.networkInterfaceId });
    });
  }

  private constructor(
    /** Kind of NAT. */
    readonly kind: "none" | "gateways" | "regional" | "instance",
    private readonly create: ((scope: Construct, site: NatSite) => RouteByZone) | undefined,
  ) {}

  /**
   * Creates the NAT resources; returns undefined for `Nat.none()`.
   * @internal
   */
  build(scope: Construct, id: string, site: NatSite): RouteByZone | undefined {
    return this.create?.(new Construct(scope, id), site);
  }
}

/**
 * Construct id of a single NAT gateway whose zone is not specified: it does not depend on the first zone, so that another first zone
 * is no other resource. A specified zone is the id, so that a gateway in another zone has another address: two gateways cannot share
 * one while the old one is replaced.
 */
const FIRST = "a";

/** The public subnet of a zone; of the first zone when none is named. */
function namedSubnet(scope: Construct, site: NatSite, method: string, zone: string | undefined): ISubnet {
  const [first] = site.publicSubnets;
  const found = zone === undefined ? first : site.publicSubnets.find((subnet) => subnet.zone === zone);
  if (found !== undefined) return found;
  throw NET013.violation({
    at: scope,
    given: `${method}({ zone: "${String(zone)}" })`,
    fix: `use a zone of the network: ${site.publicSubnets.map((subnet) => subnet.zone).join(", ")}`,
  });
}

/** The zone of the only elastic IP, which names the zone of a single gateway. */
function onlyZone(elasticIps: ElasticIps = {}): string | undefined {
  const [zone, ...others] = Object.keys(elasticIps);
  return others.length === 0 ? zone : undefined;
}

/**
 * Keeps a resource in the subnet in which it was created: the first zone may be another one by now, and moving the resource would
 * change its address. A zone that the network no longer has cannot be kept; its subnet could not be deleted.
 */
function stayIn(subnets: readonly ISubnet[]): Lifecycle {
  const ids = subnets.map((subnet) => subnet.subnetId).join(", ");
  return {
    ignoreChanges: ["subnet_id"],
    postcondition: [
      {
        condition: `\${contains([${ids}], self.subnet_id)}`,
        errorMessage:
          'NET013: the zone of this NAT was removed from the network; specify its new zone, for example Nat.single({ zone: "b" })',
      },
    ],
  };
}

function checkElasticIps(scope: Construct, zones: readonly string[], elasticIps: ElasticIps | undefined): void {
  if (elasticIps !== undefined && [...zones].sort().join() !== Object.keys(elasticIps).sort().join())
    throw NET008.violation({
      at: scope,
      given: `elastic IPs for zones ${Object.keys(elasticIps).join(", ") || "none"}, NAT gateways in ${zones.join(", ")}`,
      fix: "specify one allocation id for each of these zones, or omit elasticIps",
    });
  for (const allocation of Object.values(elasticIps ?? {})) resourceId(allocation, "elastic IP allocation", scope);
}

function natGateways(scope: Construct, site: NatSite, elasticIps: ElasticIps | undefined): RouteByZone {
  checkElasticIps(
    scope,
    site.publicSubnets.map((subnet) => subnet.zone),
    elasticIps,
  );
  const gateways = site.publicSubnets.map((subnet) => {
    const elasticIp = elasticIps?.[subnet.zone];
    const props = { subnet, internetGateway: site.internetGateway, ...defined({ elasticIp }) };
    return { zone: subnet.zone, id: new ZonalNatGateway(scope, subnet.zone, props).natGatewayId };
  });
  return (zone) => ({
    natGatewayId: gateways
      .filter((gateway) => gateway.zone === zone)
      .map(({ id }) => id)
      .join(""),
  });
}

interface ZonalNatGatewayProps {
  readonly subnet: ISubnet;
  readonly internetGateway: ITerraformDependable;
  /** Allocation id of an existing address. @default - a new address */
  readonly elasticIp?: string;
  /** @default - changes of the subnet replace the gateway */
  readonly lifecycle?: Lifecycle;
}

class ZonalNatGateway extends Construct {
  readonly natGatewayId: string;

  constructor(scope: Construct, id: string, { subnet, internetGateway, elasticIp, lifecycle }: ZonalNatGatewayProps) {
    super(scope, id);
    const tags = { Name: Name.of(this).tag() };
    const allocationId =
      elasticIp ?? new Eip(this, "ElasticIp", { domain: "vpc", tags, dependsOn: [internetGateway] }).allocationId;
    const resource = new NatGatewayResource(this, "Resource", {
      allocationId,
      subnetId: subnet.subnetId,
      tags,
      dependsOn: [internetGateway],
      ...defined({ lifecycle }),
    });
    this.node.defaultChild = resource;
    this.natGatewayId = resource.id;
  }
}
