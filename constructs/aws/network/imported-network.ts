import { Construct } from "constructs";
import { Peer } from "../../core/peer";
import type { Zones } from "../region";
import { checkTier } from "./network-checks";
import type { INetwork } from "./network";
import type { ISubnet } from "./subnet";
import type { Tier } from "./tier";

/** What has to be known of a network that somebody else made. */
export interface NetworkAttributes {
  readonly networkId: string;
  readonly cidr: string;
  readonly zones: Zones;
  readonly subnets: readonly {
    readonly subnetId: string;
    readonly tier: string;
    /** Zone letter. */
    readonly zone: string;
    readonly cidr: string;
    readonly routeTableId: string;
  }[];
}

/** A network that stands already. Its routes do, too, so there is nothing to wait for. Made by `Network.fromAttributes`. */
export class ImportedNetwork extends Construct implements INetwork {
  readonly networkId: string;
  readonly cidr: string;
  readonly zones: Zones;
  readonly peers: readonly Peer[];
  private readonly subnets: readonly ISubnet[];

  constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    this.networkId = attributes.networkId;
    this.cidr = attributes.cidr;
    this.zones = attributes.zones;
    this.peers = [Peer.ipv4(attributes.cidr)];
    this.subnets = attributes.subnets.map((subnet) => ({ ...subnet, routing: [] }));
  }

  subnetsOf(tier: Tier | string): readonly ISubnet[] {
    const name = checkTier(this, tier, [...new Set(this.subnets.map((subnet) => subnet.tier))]);
    return this.subnets.filter((subnet) => subnet.tier === name);
  }
}
