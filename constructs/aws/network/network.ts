import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { CidrPlan } from "../../core/cidr-plan";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { Peer } from "../../core/peer";
import type { Tags } from "../../core/tags";
import { VPC_BLOCKS } from "../limits";
import type { Zones } from "../region";
import { type DhcpOptions, DhcpOptionSet } from "./dhcp-options";
import {
  GatewayEndpoint,
  GatewayEndpointAttachment,
  type InterfaceEndpoint,
  InterfaceEndpointAttachment,
} from "./endpoint";
import { checkedAttributes, lookUpNetwork, type NetworkAttributes, type NetworkLookup } from "./existing-network";
import { FlowLogRecorder, FlowLogs } from "./flow-logs";
import { Nat } from "./nat/nat";
import { checkEndpoint, checkNetwork, checkTier } from "./network-checks";
import { NetworkDefaults } from "./network-defaults";
import { subnetTags, vpcTags } from "./network-tags";
import { NetworkAcl } from "./security/network-acl";
import { type ISubnet, Subnet } from "./subnet";
import { Tier } from "./tier";

const NETWORK = Symbol.for("groundwork.aws.Network");

/** A network, created here or existing. */
export interface INetwork {
  /** Id of the network. */
  readonly networkId: string;
  /** Primary block, for example `10.20.0.0/16`. */
  readonly cidr: string;
  /** All blocks, as peers of firewall rules. */
  readonly peers: readonly Peer[];
  /** Availability zones. */
  readonly zones: Zones;
  /** The subnets of a tier, one per zone, in the order of the zones. */
  subnetsOf(tier: Tier | string): readonly ISubnet[];
}

/** Properties of {@link Network}. */
export interface NetworkProps {
  /** Primary block: private address space, from /16 to /28. */
  readonly cidr: Cidr;
  /** Availability zones: a number, `Region.of("ap-northeast-2").zones(3)`, or letters, `.zones("a", "c")`. */
  readonly zones: Zones;
  /**
   * Kinds of subnets. Each tier has one subnet per zone.
   * @default - a public and a private tier
   */
  readonly tiers?: readonly Tier[];
  /**
   * How private tiers reach the internet.
   * @default - one NAT gateway per zone when a private tier needs one, otherwise none
   */
  readonly nat?: Nat;
  /**
   * Further blocks. A tier uses one of them through its `block` prop.
   * @default - none
   */
  readonly secondaryCidrs?: readonly Cidr[];
  /**
   * Whether the network is dual-stack: an IPv6 block, a /64 of it per subnet, and an egress-only internet gateway for private tiers.
   * @default false
   */
  readonly ipv6?: boolean;
  /**
   * Destination of the flow logs.
   * @default - a CloudWatch log group with a retention of one year
   */
  readonly flowLogs?: FlowLogs;
  /**
   * Services with a gateway endpoint in every route table.
   * @default - S3, which is free of charge and keeps container image layers off the NAT gateways
   */
  readonly gatewayEndpoints?: readonly GatewayEndpoint[];
  /**
   * DHCP options: domain, name servers, time servers.
   * @default - the defaults of AWS
   */
  readonly dhcpOptions?: DhcpOptions;
  /**
   * Names of EKS clusters whose load balancer controllers find their subnets by tags.
   * @default - none
   */
  readonly eksClusters?: readonly string[];
  /**
   * Tags of the VPC and the subnets, in addition to `Name` and `Tier`, which they cannot replace.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * Defines a VPC with one subnet per tier and zone.
 *
 * Creates, in order: the VPC with emptied default resources and flow logs, an internet gateway when a tier is public, the
 * subnets with a route table each, NAT, default routes, one network ACL per tier, and gateway endpoints.
 *
 * Cost: NAT dominates, one gateway-hour per zone and a charge per gigabyte; `Nat.single()` pays for one gateway only, but all
 * zones depend on its zone. Flow logs are billed per gigabyte.
 *
 * Errors: NET001 to NET018, AWS002, PLN001 to PLN006.
 *
 * @example
 * new Network(this, "Network", { cidr: Cidr.parse("10.20.0.0/16"), zones: Region.of("ap-northeast-2").zones(3) });
 */
export class Network extends Construct implements INetwork {
  /** An existing network with known ids, for example from another team's outputs. */
  static fromAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    class Import extends Construct implements INetwork {
      readonly networkId = checkedAttributes(attributes, this).networkId;
      readonly cidr = attributes.cidr;
      readonly zones = attributes.zones;
      readonly peers = [Peer.ipv4(attributes.cidr)];
      // Its routes exist already, so there is no dependency to wait for.
      private readonly subnets = attributes.subnets.map((subnet) => ({ ...subnet, routing: [] }));

      subnetsOf(tier: Tier | string): readonly ISubnet[] {
        const name = checkTier(this, tier, [...new Set(this.subnets.map((subnet) => subnet.tier))]);
        return this.subnets.filter((subnet) => subnet.tier === name);
      }
    }
    return new Import(scope, id);
  }

  /** An existing network of this library in the same account, found at apply by its tags. */
  static fromLookup(scope: Construct, id: string, lookup: NetworkLookup): INetwork {
    return Network.fromAttributes(scope, id, lookUpNetwork(scope, id, lookup));
  }

  /** Whether an object is a `Network`, also one of another copy of this library, which `instanceof` would not recognize. */
  static isNetwork(object: object): object is Network {
    return NETWORK in object;
  }

  /** Id of the network. */
  readonly networkId: string;
  readonly cidr: string;
  /** Availability zones. */
  readonly zones: Zones;
  /** Tiers of the network. */
  readonly tiers: readonly Tier[];
  /** Addresses of each tier in each zone; `toString()` prints the address map. */
  readonly plan: CidrPlan;
  readonly [NETWORK] = true;
  private readonly vpc: Vpc;
  private readonly subnets: readonly Subnet[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { tiers = [Tier.public(), Tier.private()], secondaryCidrs = [], ipv6 = false } = props;
    const needsNat = tiers.some((tier) => tier.kind === "private" && !tier.endpointsOnly);
    const nat = props.nat ?? (needsNat ? Nat.perZone() : Nat.none());
    this.tiers = tiers;
    this.zones = props.zones;
    this.cidr = props.cidr.toString();
    this.plan = new CidrPlan({
      blocks: [props.cidr, ...secondaryCidrs],
      zones: props.zones.letters,
      tiers: tiers.map((tier) => tier.planned),
      masks: VPC_BLOCKS,
      at: this,
    });
    checkNetwork(this, { plan: this.plan, tiers, nat, ipv6 });

    this.vpc = this.addVpc(ipv6, props);
    this.networkId = this.vpc.id;
    this.subnets = this.addSubnets(this.addSecondaryBlocks(secondaryCidrs), ipv6, props);
    this.addDefaultRoutes(nat, ipv6);
    this.addNetworkAcls(ipv6);
    for (const endpoint of props.gatewayEndpoints ?? [GatewayEndpoint.S3]) this.addGatewayEndpoint(endpoint);
  }

  get peers(): readonly Peer[] {
    const ipv6 = this.vpc.assignGeneratedIpv6CidrBlockInput === true ? [Peer.ipv6(this.vpc.ipv6CidrBlock)] : [];
    return [...this.plan.blocks.map((block) => Peer.ipv4(block)), ...ipv6];
  }

  subnetsOf(tier: Tier | string): readonly ISubnet[] {
    const names = this.tiers.map((own) => own.name);
    const name = checkTier(this, tier, names);
    return this.subnets.filter((subnet) => subnet.tier === name);
  }

  /** Adds a gateway endpoint to every route table of the network. Free of charge. */
  addGatewayEndpoint(endpoint: GatewayEndpoint): GatewayEndpointAttachment {
    checkEndpoint(this, endpoint.service, this.tiers);
    return new GatewayEndpointAttachment(this, endpoint.service, {
      networkId: this.networkId,
      region: this.zones.region.name,
      endpoint,
      routeTableIds: this.subnets.map((subnet) => subnet.routeTableId),
    });
  }

  /** Adds an interface endpoint: private addresses of a service in a tier. Cost: per hour and zone, and per gigabyte. */
  addInterfaceEndpoint(endpoint: InterfaceEndpoint, tier: Tier | string): InterfaceEndpointAttachment {
    checkEndpoint(this, endpoint.service, this.tiers);
    return new InterfaceEndpointAttachment(this, endpoint.service, {
      networkId: this.networkId,
      region: this.zones.region.name,
      endpoint,
      subnets: this.subnetsOf(tier),
      clients: this.peers,
    });
  }

  private get nameTag(): Tags {
    return { Name: Name.of(this).tag() };
  }

  private addVpc(ipv6: boolean, props: NetworkProps): Vpc {
    const vpc = new Vpc(this, "Resource", {
      cidrBlock: this.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      ...(ipv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
      tags: vpcTags(this, props),
    });
    this.node.defaultChild = vpc;
    new NetworkDefaults(this, "defaults", vpc);
    new FlowLogRecorder(this, "FlowLogs", vpc.id, props.flowLogs ?? FlowLogs.toCloudWatch());
    if (props.dhcpOptions !== undefined) new DhcpOptionSet(this, "DhcpOptions", vpc.id, props.dhcpOptions);
    return vpc;
  }

  private addSecondaryBlocks(blocks: readonly Cidr[]): ReadonlyMap<Cidr, ITerraformDependable> {
    return new Map(
      blocks.map((block) => [
        block,
        new VpcIpv4CidrBlockAssociation(this, `block-${block.toString().replace("/", "-")}`, {
          vpcId: this.networkId,
          cidrBlock: block.toString(),
        }),
      ]),
    );
  }

  private addSubnets(secondary: ReadonlyMap<Cidr, ITerraformDependable>, ipv6: boolean, props: NetworkProps): Subnet[] {
    return this.tiers.flatMap((tier) => {
      const scope = new Construct(this, tier.name);
      return this.plan.of(tier.name).map((planned) => {
        const association = [...secondary].find(([block]) => block.equals(planned.block))?.[1];
        return new Subnet(scope, planned.zone, {
          networkId: this.networkId,
          tier: tier.name,
          zone: planned.zone,
          zoneName: this.zones.region.zone(planned.zone),
          cidr: planned.cidr,
          ...(ipv6 ? { ipv6Cidr: Fn.cidrsubnet(this.vpc.ipv6CidrBlock, 8, this.plan.numberOf(planned)) } : {}),
          tags: subnetTags(this, tier, props),
          ...defined({ dependsOn: association && [association] }),
        });
      });
    });
  }

  private addDefaultRoutes(nat: Nat, ipv6: boolean): void {
    const [publicTier, ...others] = this.tiers.filter((tier) => tier.kind === "public");
    const privateTiers = this.tiers.filter((tier) => tier.kind === "private" && !tier.endpointsOnly);
    if (publicTier !== undefined) {
      const gateway = new InternetGateway(this, "InternetGateway", { vpcId: this.networkId, tags: this.nameTag });
      for (const subnet of this.subnetsIn([publicTier, ...others])) subnet.addInternetRoutes(gateway.id, ipv6);
      const natRoute = nat.build(this, "nat", {
        networkId: this.networkId,
        zones: this.zones,
        publicSubnets: this.subnetsOf(publicTier),
        internetGateway: gateway,
        clients: privateTiers.flatMap((tier) => this.plan.of(tier.name)).map(({ cidr }) => Peer.ipv4(cidr)),
      });
      if (natRoute !== undefined)
        for (const subnet of this.subnetsIn(privateTiers)) subnet.addRoute("nat", "0.0.0.0/0", natRoute(subnet.zone));
    }
    if (ipv6 && privateTiers.length > 0) {
      const gateway = new EgressOnlyInternetGateway(this, "EgressOnlyGateway", {
        vpcId: this.networkId,
        tags: this.nameTag,
      });
      for (const subnet of this.subnetsIn(privateTiers))
        subnet.addRoute("internet-ipv6", "::/0", { egressOnlyGatewayId: gateway.id });
    }
  }

  private addNetworkAcls(ipv6: boolean): void {
    for (const tier of this.tiers)
      new NetworkAcl(this, `${tier.name}-acl`, {
        networkId: this.networkId,
        subnetIds: this.subnetsOf(tier).map((subnet) => subnet.subnetId),
        rules: tier.acl,
        networkBlocks: this.peers,
        ipv6,
      });
  }

  private subnetsIn(tiers: readonly Tier[]): Subnet[] {
    return this.subnets.filter((subnet) => tiers.some((tier) => tier.name === subnet.tier));
  }
}
