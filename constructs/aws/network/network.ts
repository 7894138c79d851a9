import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import type { ITerraformDependable } from "cdktf";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { CidrPlan } from "../../core/cidr-plan";
import { Name } from "../../core/name";
import { Peer } from "../../core/peer";
import type { Tags } from "../../core/tags";
import { checkedTags } from "../../core/tags";
import type { Zones } from "../region";
import type { DhcpOptions } from "./dhcp-options";
import { DhcpOptionSet } from "./dhcp-options";
import type { InterfaceEndpoint } from "./endpoint";
import { GatewayEndpoint, GatewayEndpointAttachment, InterfaceEndpointAttachment } from "./endpoint";
import { FlowLogRecorder, FlowLogs } from "./flow-logs";
import type { NetworkAttributes } from "./imported-network";
import { ImportedNetwork } from "./imported-network";
import { Nat } from "./nat";
import { NetworkAcl } from "./network-acl";
import { NetworkDefaults } from "./network-defaults";
import { checkEndpoint, checkNetwork, checkTier } from "./network-checks";
import type { NetworkLookup } from "./network-lookup";
import { lookUpNetwork } from "./network-lookup";
import type { ISubnet } from "./subnet";
import { Subnet } from "./subnet";
import { Tier } from "./tier";

const NETWORK = Symbol.for("groundwork.aws.Network");

/** A network, made here or elsewhere. */
export interface INetwork {
  readonly networkId: string;
  /** Primary block, as AWS writes it. */
  readonly cidr: string;
  /** All blocks: who "the network" is in a rule. */
  readonly peers: readonly Peer[];
  readonly zones: Zones;
  /** The subnets of a tier, one for each zone, in the order of the zones. */
  subnetsOf(tier: Tier | string): readonly ISubnet[];
}

export interface NetworkProps {
  /** Primary block, private, from /16 to /28. */
  readonly cidr: Cidr;
  /** Zones to spread over: `Region.of("ap-northeast-2").zones(3)`. */
  readonly zones: Zones;
  /**
   * Kinds of subnets; each exists once in every zone.
   * @default - a public and a private tier
   */
  readonly tiers?: readonly Tier[];
  /**
   * How private tiers reach the internet.
   * @default - one NAT gateway per zone when there is a private tier that needs one
   */
  readonly nat?: Nat;
  /**
   * Further blocks; tiers name the one they are cut from.
   * @default - none
   */
  readonly secondaryCidrs?: readonly Cidr[];
  /**
   * Whether the network also has an IPv6 block, and each subnet a /64 of it.
   * @default false
   */
  readonly ipv6?: boolean;
  /**
   * Where the records of all traffic go.
   * @default - a log group of its own, kept for a year
   */
  readonly flowLogs?: FlowLogs;
  /**
   * Services that every route table leads to directly.
   * @default - S3, which is free of charge and keeps image layers off the NAT gateways
   */
  readonly gatewayEndpoints?: readonly GatewayEndpoint[];
  /**
   * What machines are told when they start.
   * @default - AWS's own options
   */
  readonly dhcpOptions?: DhcpOptions;
  /**
   * EKS clusters whose load balancers find their subnets by tags.
   * @default - none
   */
  readonly eksClusters?: readonly string[];
  /**
   * Tags of the VPC and the subnets, beyond their names.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * Defines a VPC with one subnet per tier and zone.
 *
 * Creates, in order: the VPC with its defaults emptied and its traffic recorded, an internet gateway where a tier is
 * public, the subnets with a route table of their own each, NAT, default routes, and one network ACL per tier.
 *
 * Cost: NAT dominates, about one gateway-hour per zone; `Nat.single()` trades zone failure for the rest of it. Flow logs
 * are billed by the gigabyte.
 *
 * Errors: NET001 to NET011, AWS002, PLN001 to PLN006.
 *
 * @example
 * new Network(this, "Network", { cidr: Cidr.parse("10.20.0.0/16"), zones: Region.of("ap-northeast-2").zones(3) });
 */
export class Network extends Construct implements INetwork {
  /** A network whose ids are known, for example from another team's outputs. */
  static fromAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  /** A network of this library in the same account, found at apply by its tags. */
  static fromLookup(scope: Construct, id: string, lookup: NetworkLookup): INetwork {
    return lookUpNetwork(scope, id, lookup);
  }

  /** Whether something in a tree is such a network; `instanceof` would not know another copy of this library. */
  static isNetwork(thing: object): thing is Network {
    return NETWORK in thing;
  }

  readonly networkId: string;
  readonly cidr: string;
  readonly zones: Zones;
  readonly tiers: readonly Tier[];
  /** Which tier has which addresses in which zone; print it to see the memory map. */
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
      masks: { largest: 16, smallest: 28 },
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
    const name = checkTier(
      this,
      tier,
      this.tiers.map((own) => own.name),
    );
    return this.subnets.filter((subnet) => subnet.tier === name);
  }

  /** Leads every route table of the network to a service. Free of charge. */
  addGatewayEndpoint(endpoint: GatewayEndpoint): GatewayEndpointAttachment {
    checkEndpoint(this, endpoint.service);
    return new GatewayEndpointAttachment(this, endpoint.service, {
      networkId: this.networkId,
      region: this.zones.region.name,
      endpoint,
      routeTableIds: this.subnets.map((subnet) => subnet.routeTableId),
    });
  }

  /** Gives a service private addresses in a tier. Cost: by the hour for each zone. */
  addInterfaceEndpoint(endpoint: InterfaceEndpoint, tier: Tier | string): InterfaceEndpointAttachment {
    checkEndpoint(this, endpoint.service);
    return new InterfaceEndpointAttachment(this, endpoint.service, {
      networkId: this.networkId,
      region: this.zones.region.name,
      endpoint,
      subnets: this.subnetsOf(tier),
      clients: this.peers,
    });
  }

  private get nameTag(): Tags {
    return { Name: Name.of(this).toString() };
  }

  private addVpc(ipv6: boolean, props: NetworkProps): Vpc {
    const vpc = new Vpc(this, "Resource", {
      cidrBlock: this.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      ...(ipv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
      tags: { ...checkedTags(props.tags ?? {}, this), ...this.nameTag },
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
          tags: { ...props.tags, ...eksTags(tier, props.eksClusters ?? []), Tier: tier.name },
          ...(association === undefined ? {} : { dependsOn: [association] }),
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
      const way = nat.build(this, "nat", {
        networkId: this.networkId,
        publicSubnets: this.subnetsOf(publicTier),
        internetGateway: gateway,
        clients: privateTiers.flatMap((tier) => this.plan.of(tier.name)).map(({ cidr }) => Peer.ipv4(cidr)),
      });
      if (way !== undefined)
        for (const subnet of this.subnetsIn(privateTiers)) subnet.addRoute("nat", "0.0.0.0/0", way(subnet.zone));
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

/** Tags by which load balancer controllers find the subnets they may use. */
function eksTags(tier: Tier, clusters: readonly string[]): Tags {
  if (clusters.length === 0 || tier.kind === "isolated") return {};
  return {
    [tier.kind === "public" ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb"]: "1",
    ...Object.fromEntries(clusters.map((cluster) => [`kubernetes.io/cluster/${cluster}`, "shared"])),
  };
}
