import { Construct } from "constructs";
import type { Port } from "../../core/port";
import { Administration } from "../../openstack/administration/administration";
import type { TwoTierProps } from "../../openstack/network/two-tier-network";
import type { SecurityGroup } from "../../openstack/security/security-group";
import { NetworkAcl } from "../acl/network-acl";
import type { NetworkApi } from "../api/network-api";
import { NHN018 } from "../rules";
import { InternetGateway } from "./internet-gateway";
import { NatGateway } from "./nat-gateway";
import { NextHop, Route } from "./route";
import { RoutingTable } from "./routing-table";
import { Access, Subnet } from "./subnet";
import { twoTierRules } from "./two-tier-rules";
import { Vpc } from "./vpc";

/** Properties of {@link TwoTierNetwork}. */
export interface TwoTierNetworkProps extends TwoTierProps {
  /** Region, address, token and second provider of the network API; see `Vpc`. */
  readonly api: NetworkApi;
  /**
   * Ports of public machines that the ACL opens to the internet; security groups restrict them further. Append new ports at the end:
   * the position determines the order of the ACL rule.
   * @default - HTTP and HTTPS
   */
  readonly publicPorts?: readonly Port[];
  /**
   * Ports of private machines, in addition to SSH, that the ACL opens to public machines; security groups restrict them further.
   * Append new ports at the end.
   * @default - none
   */
  readonly privatePorts?: readonly Port[];
}

/**
 * Defines a VPC with a public and a private subnet, each on its own routing table, and the rules between them.
 *
 * Creates the VPC; an internet gateway, attached to the public table; a NAT gateway in the public subnet, and the private
 * table's default route to it; one network ACL with the rules of both subnets; a security group for the bastion and one
 * for machines administered through it. Private machines have egress only.
 *
 * Cost: the NAT gateway, per hour and gigabyte; floating IPs, per hour.
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
  /** VPC that contains it. */
  readonly vpc: Vpc;
  /** Internet gateway of the public subnet. */
  readonly internetGateway: InternetGateway;
  /** NAT gateway of the private subnet. */
  readonly natGateway: NatGateway;
  /** Network ACL of both subnets. */
  readonly acl: NetworkAcl;
  /** Public subnet. */
  readonly publicSubnet: Subnet;
  /** Private subnet. */
  readonly privateSubnet: Subnet;
  /** Group of the bastion in the public subnet: SSH from administrators, and SSH to every administered machine. */
  readonly bastion: SecurityGroup;
  /** Group of machines that only the bastion administers; all egress is allowed. */
  readonly administered: SecurityGroup;

  constructor(scope: Construct, id: string, props: TwoTierNetworkProps) {
    super(scope, id);
    this.rejectOpenAdministration(props);
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
    new Route(this, "Outbound", { routingTable: privateTable, nextHop: NextHop.natGateway(this.natGateway) });
    this.acl = new NetworkAcl(this, "Acl", { vpc: this.vpc, subnets: twoTierRules(props) });
    const { bastion, administered } = new Administration(this, "Default", { administrators: props.administrators });
    this.bastion = bastion;
    this.administered = administered;
  }

  private rejectOpenAdministration({ administrators, publicPorts = [] }: TwoTierNetworkProps): void {
    const violation = (given: string, fix: string) => NHN018.violation({ at: this, given, fix });
    if (administrators.length === 0 || administrators.some((peer) => peer.isInternet))
      throw violation(
        `administrators ${administrators.join(", ") || "without a block"}`,
        "name the blocks that your administrators connect from",
      );
    const open = publicPorts.find((port) => port.administration.length > 0);
    if (open !== undefined)
      throw violation(
        `${open.toString()} open to the internet, with administration port ${open.administration.join(", ")}`,
        "remove it: administrators connect through the bastion",
      );
  }
}
