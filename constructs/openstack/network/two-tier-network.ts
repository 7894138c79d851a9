import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { defined } from "../../core/defined";
import type { Peer } from "../../core/peer";
import { Administration } from "../administration/administration";
import type { SecurityGroup } from "../security/security-group";
import type { IExternalNetwork } from "./external-network";
import { Network } from "./network";
import { Router } from "./router";
import { Subnet } from "./subnet";

/** Blocks and administrators of a two-tier network on any OpenStack cloud. */
export interface TwoTierProps {
  /** Block of the network. */
  readonly cidr: Cidr;
  /** Block of the public subnet: machines with floating IPs, including the bastion. */
  readonly publicCidr: Cidr;
  /** Block of the private subnet: all other machines. */
  readonly privateCidr: Cidr;
  /**
   * Blocks that the bastion is administered from. Append new blocks at the end: on NHN Cloud the position determines the order of the
   * ACL rule.
   */
  readonly administrators: readonly Peer[];
}

/** Properties of {@link TwoTierNetwork}. */
export interface TwoTierNetworkProps extends TwoTierProps {
  /** External network that the router connects to. */
  readonly external: IExternalNetwork;
  /**
   * Addresses of the private subnet that the cloud assigns automatically.
   * @default - its upper half
   */
  readonly automaticAddresses?: Cidr;
}

/**
 * Defines a network with a public and a private subnet behind one router.
 *
 * Creates the network, both subnets, the router with an interface in each, and the security groups of `Administration`. Private
 * machines have egress through the router and no ingress from outside: floating IPs are rejected for them.
 *
 * Cost: on most clouds the router's address, per hour.
 *
 * Errors: OST001, OST004, OST005, OST020, OST021.
 *
 * @example
 * new TwoTierNetwork(this, "Network", {
 *   external: new ExternalNetwork(this, "Internet"),
 *   cidr: Cidr.parse("172.31.0.0/16"),
 *   publicCidr: Cidr.parse("172.31.16.0/20"),
 *   privateCidr: Cidr.parse("172.31.0.0/20"),
 *   administrators: [Peer.ipv4("203.0.113.0/24")],
 * });
 */
export class TwoTierNetwork extends Construct {
  /** External network of the router. */
  readonly external: IExternalNetwork;
  /** Network of both subnets. */
  readonly network: Network;
  /** Public subnet. */
  readonly publicSubnet: Subnet;
  /** Private subnet. */
  readonly privateSubnet: Subnet;
  /** Router of both subnets. */
  readonly router: Router;
  /** Group of the bastion in the public subnet: SSH from administrators, and SSH to every administered machine. */
  readonly bastion: SecurityGroup;
  /** Group of machines that only the bastion administers; all egress is allowed. */
  readonly administered: SecurityGroup;

  constructor(scope: Construct, id: string, props: TwoTierNetworkProps) {
    super(scope, id);
    const { external, cidr, publicCidr, privateCidr, administrators, automaticAddresses } = props;
    this.external = external;
    const network = new Network(this, "Network", { cidr });
    this.network = network;
    this.publicSubnet = new Subnet(this, "Public", { network, cidr: publicCidr, floatingIps: true });
    this.privateSubnet = new Subnet(this, "Private", {
      network,
      cidr: privateCidr,
      ...defined({ automaticAddresses }),
    });
    this.router = new Router(this, "Router", { external, subnets: [this.publicSubnet, this.privateSubnet] });
    const administration = new Administration(this, "Administration", { administrators });
    this.bastion = administration.bastion;
    this.administered = administration.administered;
    this.node.defaultChild = network;
  }
}
