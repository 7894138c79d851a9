import { Construct } from "constructs";
import { displayName } from "../../openstack/display-name";
import { ExternalNetwork, type IExternalNetwork } from "../../openstack/network/external-network";
import { restObject } from "../api/rest-object";
import { NHN_CLOUD } from "../cloud";
import { VPC_OBJECT_NAME } from "../limits";
import { NHN006 } from "../rules";

/** An internet gateway, created by this app or imported. */
export interface IInternetGateway {
  /** Id of the internet gateway. */
  readonly internetGatewayId: string;
  /** Registers the routing table that the gateway is attached to; rejects a second table. */
  attachTo(table: Construct): void;
}

/** Properties of {@link InternetGateway}. */
export interface InternetGatewayProps {
  /**
   * Network that the gateway connects to.
   * @default - the cloud's only external network, found by its `external` flag
   */
  readonly externalNetwork?: IExternalNetwork;
  /**
   * Name in the console.
   * @default - derived from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines an internet gateway of a VPC. It has no effect until it is attached to a routing table, and it can be attached to one table
 * only: pass it to `RoutingTable`.
 *
 * Creates the gateway on the cloud's external network. The network is found by its `external` flag, because the console ("Public
 * Network") and the API spell its name differently. Any change replaces the gateway. Cost: free of charge; traffic is billed.
 *
 * Errors: NHN006, TXT001.
 *
 * @example
 * const internetGateway = new InternetGateway(this, "InternetGateway");
 * new RoutingTable(this, "Public", { vpc, internetGateway });
 */
export class InternetGateway extends Construct implements IInternetGateway {
  /** Imports an existing gateway that is not attached to a routing table. */
  static fromId(scope: Construct, id: string, internetGatewayId: string): IInternetGateway {
    class Import extends Construct implements IInternetGateway {
      readonly internetGatewayId = internetGatewayId;
      private readonly attachment = new Attachment(this);

      attachTo(table: Construct): void {
        this.attachment.to(table);
      }
    }
    return new Import(scope, id);
  }

  /** Id of the internet gateway. */
  readonly internetGatewayId: string;
  /** Network that the gateway connects to. Floating IPs are allocated from it. */
  readonly externalNetwork: IExternalNetwork;
  private readonly attachment: Attachment;

  constructor(scope: Construct, id: string, props: InternetGatewayProps = {}) {
    super(scope, id);
    const external = props.externalNetwork ?? new ExternalNetwork(this, "ExternalNetwork", { cloud: NHN_CLOUD });
    const resource = restObject(this, "Resource", {
      collection: "internetgateways",
      noun: "internetgateway",
      fields: { name: displayName(this, props.name, VPC_OBJECT_NAME), external_network_id: external.externalNetworkId },
      changeable: [],
    });
    this.node.defaultChild = resource;
    this.internetGatewayId = resource.id;
    this.externalNetwork = external;
    this.attachment = new Attachment(this);
  }

  attachTo(table: Construct): void {
    this.attachment.to(table);
  }
}

/** The one routing table that a gateway is attached to. */
class Attachment {
  private table: Construct | undefined;

  constructor(private readonly gateway: Construct) {}

  to(table: Construct): void {
    if (this.table !== undefined)
      throw NHN006.violation({
        at: table,
        given: `${this.gateway.node.path}, which is attached to ${this.table.node.path}`,
        fix: "put the subnets on that table, or create another gateway for this table",
      });
    this.table = table;
  }
}
