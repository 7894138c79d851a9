import { Construct } from "constructs";
import type { Cidr } from "../core/cidr";
import type { Peer } from "../core/peer";
import type { Port } from "../core/port";
import { Administration } from "../openstack/network/administration";
import type { SecurityGroup } from "../openstack/network/security-group";
import { InternetGateway } from "./internet-gateway";
import { NatGateway } from "./nat-gateway";
import { NetworkAcl } from "./network-acl";
import type { NetworkApi } from "./network-api";
import { Route, Way } from "./route";
import { RoutingTable } from "./routing-table";
import { NHN018 } from "./rules";
import { Access, Subnet } from "./subnet";
import { twoTierRules } from "./two-tier-rules";
import { Vpc } from "./vpc";

export interface TwoTierNetworkProps {
  readonly api: NetworkApi;
  /** Block of the VPC. */
  readonly cidr: Cidr;
  /** Block of the subnet for machines with floating IPs, the bastion among them. */
  readonly publicCidr: Cidr;
  /** Block of the subnet for all others. */
  readonly privateCidr: Cidr;
  /** Blocks that the bastion is administered from. New ones go to the end: their place is the number of their rule. */
  readonly administrators: readonly Peer[];
  /**
   * What everybody may open on public machines, as far as their security groups let them.
   * @default - HTTP and HTTPS
   */
  readonly publicPorts?: readonly Port[];
  /**
   * What public machines may open on private ones beside SSH, as far as their security groups let them.
   * @default - nothing
   */
  readonly privatePorts?: readonly Port[];
}

/**
 * Defines a VPC with a public and a private subnet, each on a routing table of its own, and their rules.
 *
 * Creates the VPC; an internet gateway, attached to the public table; a NAT gateway in the public subnet, and the private
 * table's default route to it; one network ACL with the rules of both subnets; a security group for the bastion and one
 * for what is administered through it. Private machines reach out and cannot be reached from outside.
 *
 * Cost: the NAT gateway, by the hour and the gigabyte; floating IPs by the hour.
 *
 * Errors: NHN001 to NHN018.
 *
 * @example
 * new TwoTierNetwork(this, "Network", {
 *   api,
 *   cidr: Cidr.parse("172.31.0.0/16"),
 *   publicCidr: Cidr.parse("172.31.16.0/20"),
 *   privateCidr: Cidr.parse("172.31.0.0/20"),
 *   administrators: [Peer.ipv4("203.0.113.0/24")],
 * });
 */
export class TwoTierNetwork extends Construct {
  readonly vpc: Vpc;
  readonly internetGateway: InternetGateway;
  readonly natGateway: NatGateway;
  readonly acl: NetworkAcl;
  readonly publicSubnet: Subnet;
  readonly privateSubnet: Subnet;
  /** For the bastion in the public subnet: administrators reach it by SSH, and it every administered machine. */
  readonly bastion: SecurityGroup;
  /** For machines that are administered through the bastion and from nowhere else; they open what they like. */
  readonly administered: SecurityGroup;

  constructor(scope: Construct, id: string, props: TwoTierNetworkProps) {
    super(scope, id);
    this.refuseEverybody(props);
    const { api, cidr, publicCidr, privateCidr } = props;
    this.vpc = new Vpc(this, "Vpc", { api, cidr });
    this.internetGateway = new InternetGateway(this, "InternetGateway");
    const tables = new Construct(this, "RoutingTable");
    const publicTable = new RoutingTable(tables, "public", { vpc: this.vpc, internetGateway: this.internetGateway });
    const privateTable = new RoutingTable(tables, "private", { vpc: this.vpc });
    const subnets = new Construct(this, "Subnet");
    this.publicSubnet = new Subnet(subnets, "public", {
      cidr: publicCidr,
      routingTable: publicTable,
      access: Access.PUBLIC,
    });
    this.privateSubnet = new Subnet(subnets, "private", { cidr: privateCidr, routingTable: privateTable });
    this.natGateway = new NatGateway(this, "NatGateway", {
      subnet: this.publicSubnet,
      externalNetwork: this.internetGateway.externalNetwork,
    });
    new Route(this, "Outbound", { routingTable: privateTable, through: Way.natGateway(this.natGateway) });
    this.acl = new NetworkAcl(this, "Acl", { vpc: this.vpc, subnets: twoTierRules(props) });
    const { bastion, administered } = new Administration(this, "Default", { administrators: props.administrators });
    this.bastion = bastion;
    this.administered = administered;
  }

  private refuseEverybody({ administrators, publicPorts = [] }: TwoTierNetworkProps): void {
    const refuse = (given: string, fix: string) => NHN018.violation({ at: this, given, fix });
    if (administrators.length === 0 || administrators.some((peer) => peer.isInternet))
      throw refuse(
        `administrators ${administrators.join(", ") || "of no block"}`,
        "name the blocks your administrators come from",
      );
    const open = publicPorts.find((port) => port.administration.length > 0);
    if (open !== undefined)
      throw refuse(
        `${open.toString()} for everybody, with administration port ${open.administration.join(", ")}`,
        "leave it out: administrators come through the bastion",
      );
  }
}
