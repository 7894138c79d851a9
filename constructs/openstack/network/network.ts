import { NetworkingNetworkV2 } from "@groundwork/provider-openstack/lib/networking-network-v2";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { defined } from "../../core/defined";
import { Peer } from "../../core/peer";
import { checkedText } from "../../core/text-rule";
import { type Cloud, OPENSTACK } from "../cloud";
import { displayName } from "../display-name";
import { OBJECT_NAME, TAG } from "../limits";
import { OST001 } from "../rules";

/** A network, created by this app or imported. */
export interface INetwork {
  /** Id of the network. */
  readonly networkId: string;
  /** Block that contains all subnets. */
  readonly cidr: Cidr;
  /** Peers that represent the network in rules. */
  readonly peers: readonly Peer[];
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
  /** Registers a subnet; rejects a subnet that is outside of the network, too small, or overlapping. */
  addSubnet(at: Construct, cidr: Cidr): void;
}

/** Properties of {@link Network}. */
export interface NetworkProps {
  /** Block that contains all subnets. Neutron does not store it; checks, rules and address plans use it. */
  readonly cidr: Cidr;
  /**
   * Name in the dashboard.
   * @default - derived from the construct's path
   */
  readonly name?: string;
  /**
   * Tags to find the network by.
   * @default - none
   */
  readonly tags?: readonly string[];
  /**
   * Cloud of the network.
   * @default - standard OpenStack
   */
  readonly cloud?: Cloud;
}

/** Attributes of an existing network. */
export interface NetworkAttributes {
  /** Id of the network. */
  readonly networkId: string;
  /** Block of addresses. */
  readonly cidr: Cidr;
  /** Cloud of the network. @default - standard OpenStack */
  readonly cloud?: Cloud;
}

/**
 * Defines a network of OpenStack: a separate segment for subnets.
 *
 * Creates the network. It has no ingress or egress until a router connects its subnets. Cost: free of charge on most clouds.
 *
 * Errors: TXT001.
 *
 * @example new Network(this, "Network", { cidr: Cidr.parse("172.31.0.0/16") });
 */
export class Network extends Construct implements INetwork {
  /** Imports an existing network. */
  static fromAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    class Import extends Construct implements INetwork {
      readonly networkId = attributes.networkId;
      readonly cidr = attributes.cidr;
      readonly peers = [Peer.ipv4(attributes.cidr)];
      readonly cloud = attributes.cloud ?? OPENSTACK;
      private readonly blocks = new Blocks(attributes.cidr);

      addSubnet(at: Construct, cidr: Cidr): void {
        this.blocks.add(at, cidr);
      }
    }
    return new Import(scope, id);
  }

  /** Id of the network. */
  readonly networkId: string;
  readonly cidr: Cidr;
  readonly peers: readonly Peer[];
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud;
  private readonly blocks: Blocks;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const resource = new NetworkingNetworkV2(this, "Resource", {
      name: displayName(this, props.name, OBJECT_NAME),
      adminStateUp: true,
      ...defined({ tags: props.tags?.map((tag) => checkedText(tag, TAG, this)) }),
    });
    this.node.defaultChild = resource;
    this.networkId = resource.id;
    this.cidr = props.cidr;
    this.peers = [Peer.ipv4(props.cidr)];
    this.cloud = props.cloud ?? OPENSTACK;
    this.blocks = new Blocks(props.cidr);
  }

  addSubnet(at: Construct, cidr: Cidr): void {
    this.blocks.add(at, cidr);
  }
}

/** The subnets' blocks of a network. */
class Blocks {
  private readonly used: { readonly path: string; readonly cidr: Cidr }[] = [];

  constructor(private readonly network: Cidr) {}

  add(at: Construct, cidr: Cidr): void {
    const violation = (given: string, fix: string) => OST001.violation({ at, given, fix });
    if (!this.network.contains(cidr))
      throw violation(
        `${cidr.toString()} is outside of ${this.network.toString()}`,
        "use a block inside the network's block",
      );
    if (cidr.prefix > 28) throw violation(`${cidr.toString()} has ${cidr.size} addresses`, "use a /28 or larger");
    const other = this.used.find((block) => block.cidr.overlaps(cidr));
    if (other !== undefined)
      throw violation(
        `${cidr.toString()} shares addresses with ${other.cidr.toString()} of ${other.path}`,
        "choose a block that no other subnet uses",
      );
    this.used.push({ path: at.node.path, cidr });
  }
}
