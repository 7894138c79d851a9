import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import type { Peer } from "../../core/peer";
import { Administration } from "./administration";
import type { IExternalNetwork } from "./external-network";
import { Network } from "./network";
import { Router } from "./router";
import type { SecurityGroup } from "./security-group";
import { Subnet } from "./subnet";

export interface TwoTierNetworkProps {
  /** Where it meets the internet. */
  readonly external: IExternalNetwork;
  /** Block that the subnets are cut from. */
  readonly cidr: Cidr;
  /** Block of the subnet for machines with floating IPs, the bastion among them. */
  readonly publicCidr: Cidr;
  /** Block of the subnet for all others. */
  readonly privateCidr: Cidr;
  /** Blocks that the bastion is administered from. */
  readonly administrators: readonly Peer[];
  /**
   * Addresses of the private subnet that the cloud hands out by itself.
   * @default - its upper half
   */
  readonly automaticAddresses?: Cidr;
}

/**
 * Defines a network with a public and a private subnet behind one router.
 *
 * Creates the network, both subnets, the router with an interface in each, and the security groups of `Administration`. Private
 * machines reach out through the router and cannot be reached from outside: no floating IP may stand in front of them.
 *
 * Cost: on most clouds the router's address, by the hour.
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
  readonly external: IExternalNetwork;
  readonly network: Network;
  readonly publicSubnet: Subnet;
  readonly privateSubnet: Subnet;
  readonly router: Router;
  /** For the bastion in the public subnet: administrators reach it by SSH, and it what is administered. */
  readonly bastion: SecurityGroup;
  /** For machines that are administered through the bastion and from nowhere else; they open what they like. */
  readonly administered: SecurityGroup;

  constructor(scope: Construct, id: string, props: TwoTierNetworkProps) {
    super(scope, id);
    const { external, cidr, publicCidr, privateCidr, administrators, automaticAddresses } = props;
    this.external = external;
    const network = new Network(this, "Network", { cidr });
    this.network = network;
    this.publicSubnet = new Subnet(this, "Public", { network, cidr: publicCidr, floatingIps: true });
    this.privateSubnet = new Subnet(this, "Private", {
      ...{ network, cidr: privateCidr },
      ...(automaticAddresses === undefined ? {} : { automaticAddresses }),
    });
    this.router = new Router(this, "Router", { external, subnets: [this.publicSubnet, this.privateSubnet] });
    const administration = new Administration(this, "Administration", { administrators });
    this.bastion = administration.bastion;
    this.administered = administration.administered;
    this.node.defaultChild = network;
  }
}
