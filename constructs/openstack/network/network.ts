import { NetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/networking-network-v2";
import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { Name } from "../../core/name";
import { Peer } from "../../core/peer";
import type { Cloud } from "../cloud";
import { OPENSTACK } from "../cloud";
import { OST001 } from "../rules";

/** A network, made here or elsewhere. */
export interface INetwork {
  readonly networkId: string;
  /** Block that its subnets are cut from. */
  readonly cidr: Cidr;
  /** Who "the network" is in a rule. */
  readonly peers: readonly Peer[];
  readonly cloud: Cloud;
  /** Notes a subnet; refuses one outside of the network, too small, or over another one. */
  admit(at: Construct, cidr: Cidr): void;
}

export interface NetworkProps {
  /** Block that subnets are cut from. Neutron does not know it; errors, rules and plans do. */
  readonly cidr: Cidr;
  /**
   * Name in the dashboard.
   * @default - made from the construct's path
   */
  readonly name?: string;
  /**
   * Words to find it by.
   * @default - none
   */
  readonly tags?: readonly string[];
  /**
   * The cloud it stands in.
   * @default - OpenStack as it is installed
   */
  readonly cloud?: Cloud;
}

/** What has to be known of a network that somebody else made. */
export interface NetworkAttributes {
  readonly networkId: string;
  readonly cidr: Cidr;
  /** @default - OpenStack as it is installed */
  readonly cloud?: Cloud;
}

/**
 * Defines a network of OpenStack: a segment of its own that subnets are put on.
 *
 * Creates the network. Nothing leads in or out before a router does. Free of charge on most clouds.
 *
 * @example new Network(this, "Network", { cidr: Cidr.parse("172.31.0.0/16") });
 */
export class Network extends Construct implements INetwork {
  /** A network whose id is known. */
  static fromAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  readonly networkId: string;
  readonly cidr: Cidr;
  readonly peers: readonly Peer[];
  readonly cloud: Cloud;
  private readonly blocks: Blocks;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const resource = new NetworkingNetworkV2(this, "Resource", {
      name: props.name ?? Name.of(this).toString(),
      adminStateUp: true,
      ...(props.tags === undefined ? {} : { tags: [...props.tags] }),
    });
    this.node.defaultChild = resource;
    this.networkId = resource.id;
    this.cidr = props.cidr;
    this.peers = [Peer.ipv4(props.cidr)];
    this.cloud = props.cloud ?? OPENSTACK;
    this.blocks = new Blocks(props.cidr);
  }

  admit(at: Construct, cidr: Cidr): void {
    this.blocks.admit(at, cidr);
  }
}

class ImportedNetwork extends Construct implements INetwork {
  readonly networkId: string;
  readonly cidr: Cidr;
  readonly peers: readonly Peer[];
  readonly cloud: Cloud;
  private readonly blocks: Blocks;

  constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    this.networkId = attributes.networkId;
    this.cidr = attributes.cidr;
    this.peers = [Peer.ipv4(attributes.cidr)];
    this.cloud = attributes.cloud ?? OPENSTACK;
    this.blocks = new Blocks(attributes.cidr);
  }

  admit(at: Construct, cidr: Cidr): void {
    this.blocks.admit(at, cidr);
  }
}

/** The blocks of a network that are taken. */
class Blocks {
  private readonly taken: { readonly path: string; readonly cidr: Cidr }[] = [];

  constructor(private readonly whole: Cidr) {}

  admit(at: Construct, cidr: Cidr): void {
    const refuse = (given: string, fix: string) => OST001.violation({ at, given, fix });
    if (!this.whole.contains(cidr))
      throw refuse(
        `${cidr.toString()} is outside of ${this.whole.toString()}`,
        "cut the subnet from its network's block",
      );
    if (cidr.prefix > 28) throw refuse(`${cidr.toString()} holds ${cidr.size} addresses`, "use a /28 or larger");
    const other = this.taken.find((one) => one.cidr.overlaps(cidr));
    if (other !== undefined)
      throw refuse(
        `${cidr.toString()} shares addresses with ${other.cidr.toString()} of ${other.path}`,
        "choose a block that no other subnet has",
      );
    this.taken.push({ path: at.node.path, cidr });
  }
}
