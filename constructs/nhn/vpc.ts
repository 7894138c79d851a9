import { Construct } from "constructs";
import type { Cidr } from "../core/cidr";
import { Name } from "../core/name";
import { Peer } from "../core/peer";
import type { Violation } from "../core/violation";
import { Violations } from "../core/violation";
import type { Cloud } from "../openstack/cloud";
import type { INetwork } from "../openstack/network/network";
import { NHN_CLOUD } from "./cloud";
import { LONGEST_PREFIX, VPC_SPACE } from "./limits";
import type { NetworkApi } from "./network-api";
import { count } from "./network-count";
import { restObject } from "./rest-object";
import { NHN001, NHN002 } from "./rules";
import { VpcRoster } from "./vpc-roster";

/** A VPC, made here or elsewhere. Its id is also that of its network for ports and machines. */
export interface IVpc extends INetwork {
  /** The API that everything in the VPC is made by. */
  readonly api: NetworkApi;
  /** What has been made in it so far. */
  readonly roster: VpcRoster;
}

export interface VpcProps {
  readonly api: NetworkApi;
  /** Block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, a /24 or larger. */
  readonly cidr: Cidr;
  /**
   * Name in the console. Another name makes the OpenStack provider replace the machines of the VPC: it finds their
   * interfaces by the name of the network.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/** What has to be known of a VPC that somebody else made. */
export interface VpcAttributes {
  readonly api: NetworkApi;
  readonly networkId: string;
  readonly cidr: Cidr;
}

/**
 * Defines a VPC of NHN Cloud: address space that subnets are cut from.
 *
 * Creates the VPC; the cloud adds a default routing table, which this library leaves empty and uses for nothing. Free of
 * charge. The cloud has no DNS options and no tags for it. Name and block change in place.
 *
 * Errors: NHN001, NHN002, NHN013.
 *
 * @example new Vpc(this, "Vpc", { api, cidr: Cidr.parse("172.31.0.0/16") });
 */
export class Vpc extends Construct implements IVpc {
  /** A VPC whose id is known. */
  static fromAttributes(scope: Construct, id: string, attributes: VpcAttributes): IVpc {
    return new ImportedVpc(scope, id, attributes);
  }

  readonly networkId: string;
  readonly cidr: Cidr;
  readonly peers: readonly Peer[];
  readonly api: NetworkApi;
  readonly cloud: Cloud = NHN_CLOUD;
  readonly roster: VpcRoster;

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    Violations.throwIfAny(blockViolations(this, props.cidr));
    count(this, props.api, "vpcs");
    const resource = restObject(this, "Resource", {
      collection: "vpcs",
      noun: "vpc",
      fields: { name: props.name ?? Name.of(this).toString(), cidrv4: props.cidr.toString() },
      changeable: ["name", "cidrv4"],
    });
    this.node.defaultChild = resource;
    this.networkId = resource.id;
    this.cidr = props.cidr;
    this.peers = [Peer.ipv4(props.cidr)];
    this.api = props.api;
    this.roster = new VpcRoster(props.cidr);
  }

  admit(at: Construct, cidr: Cidr): void {
    this.roster.admit(at, cidr);
  }
}

class ImportedVpc extends Construct implements IVpc {
  readonly networkId: string;
  readonly cidr: Cidr;
  readonly peers: readonly Peer[];
  readonly api: NetworkApi;
  readonly cloud: Cloud = NHN_CLOUD;
  readonly roster: VpcRoster;

  constructor(scope: Construct, id: string, attributes: VpcAttributes) {
    super(scope, id);
    this.networkId = attributes.networkId;
    this.cidr = attributes.cidr;
    this.peers = [Peer.ipv4(attributes.cidr)];
    this.api = attributes.api;
    this.roster = new VpcRoster(attributes.cidr);
  }

  admit(at: Construct, cidr: Cidr): void {
    this.roster.admit(at, cidr);
  }
}

function blockViolations(at: Construct, cidr: Cidr): Violation[] {
  return [
    ...(VPC_SPACE.some((space) => space.contains(cidr))
      ? []
      : [NHN001.violation({ at, given: cidr.toString(), fix: `use a block inside ${VPC_SPACE.join(", ")}` })]),
    ...(cidr.prefix <= LONGEST_PREFIX.vpc
      ? []
      : [NHN002.violation({ at, given: cidr.toString(), fix: `use a /${LONGEST_PREFIX.vpc} or larger` })]),
  ];
}
