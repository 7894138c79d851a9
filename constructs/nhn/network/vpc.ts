import { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { Peer } from "../../core/peer";
import { type Violation, Violations } from "../../core/violation";
import { displayName } from "../../openstack/display-name";
import type { Cloud } from "../../openstack/cloud";
import type { INetwork } from "../../openstack/network/network";
import type { NetworkApi } from "../api/network-api";
import { restObject } from "../api/rest-object";
import { NHN_CLOUD } from "../cloud";
import { LONGEST_PREFIX, VPC_OBJECT_NAME, VPC_SPACE } from "../limits";
import { countAgainstQuota } from "../network-quotas";
import { NHN001, NHN002 } from "../rules";
import { VpcDependencies } from "./vpc-dependencies";

/** A VPC, created by this app or imported. Its id is also the network id of its ports and machines. */
export interface IVpc extends INetwork {
  /** API that creates everything in the VPC. */
  readonly api: NetworkApi;
}

/** Properties of {@link Vpc}. */
export interface VpcProps {
  /** Region, address, token and second provider of the network API. */
  readonly api: NetworkApi;
  /** Block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, a /24 or larger. */
  readonly cidr: Cidr;
  /**
   * Name in the console. Do not change it later: the OpenStack provider finds the interfaces of machines by the name of their
   * network, and replaces every machine of a renamed VPC.
   * @default - derived from the construct's path
   */
  readonly name?: string;
}

/** Attributes of an existing VPC. */
export interface VpcAttributes {
  /** API of the VPC's region. */
  readonly api: NetworkApi;
  /** Id of the network. */
  readonly networkId: string;
  /** Block of addresses. */
  readonly cidr: Cidr;
}

/**
 * Defines a VPC of NHN Cloud: an address block that is divided into subnets.
 *
 * Creates the VPC. The cloud adds a default routing table, which this library does not use. NHN Cloud supports neither DNS options
 * nor tags for a VPC. Name and block change in place. Cost: free of charge.
 *
 * Errors: NHN001, NHN002, NHN013, TXT001.
 *
 * @example new Vpc(this, "Vpc", { api, cidr: Cidr.parse("172.31.0.0/16") });
 */
export class Vpc extends Construct implements IVpc {
  /** Imports an existing VPC. */
  static fromAttributes(scope: Construct, id: string, attributes: VpcAttributes): IVpc {
    class Import extends Construct implements IVpc {
      readonly networkId = attributes.networkId;
      readonly cidr = attributes.cidr;
      readonly peers = [Peer.ipv4(attributes.cidr)];
      readonly api = attributes.api;
      readonly cloud = NHN_CLOUD;

      addSubnet(at: Construct, cidr: Cidr): void {
        VpcDependencies.of(this, at).addSubnet(at, cidr);
      }
    }
    return new Import(scope, id);
  }

  /** Id of the network. */
  readonly networkId: string;
  readonly cidr: Cidr;
  readonly peers: readonly Peer[];
  readonly api: NetworkApi;
  /** Cloud of the resource, which determines its limits and defaults. */
  readonly cloud: Cloud = NHN_CLOUD;

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    Violations.throwIfAny(blockViolations(this, props.cidr));
    countAgainstQuota(this, props.api, "vpcs");
    const resource = restObject(this, "Resource", {
      collection: "vpcs",
      noun: "vpc",
      fields: { name: displayName(this, props.name, VPC_OBJECT_NAME), cidrv4: props.cidr.toString() },
      changeable: ["name", "cidrv4"],
    });
    this.node.defaultChild = resource;
    this.networkId = resource.id;
    this.cidr = props.cidr;
    this.peers = [Peer.ipv4(props.cidr)];
    this.api = props.api;
  }

  addSubnet(at: Construct, cidr: Cidr): void {
    VpcDependencies.of(this, at).addSubnet(at, cidr);
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
