import { Construct } from "constructs";
import { Name } from "../core/name";
import type { IExternalNetwork } from "../openstack/network/external-network";
import { ExternalNetwork } from "../openstack/network/external-network";
import { NHN_CLOUD } from "./cloud";
import { restObject } from "./rest-object";
import { NHN006 } from "./rules";

/** An internet gateway, made here or elsewhere. */
export interface IInternetGateway {
  readonly internetGatewayId: string;
  /** Notes the routing table that it is attached to; refuses a second one. */
  attachTo(table: Construct): void;
}

export interface InternetGatewayProps {
  /**
   * What it leads to.
   * @default - the cloud's only external network, found by its kind
   */
  readonly externalNetwork?: IExternalNetwork;
  /**
   * Name in the console.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines the way between a VPC and the internet. It leads nowhere until a routing table has it attached, and one table
 * can: give it to `RoutingTable`.
 *
 * Creates the gateway on the cloud's external network, which is found by its kind and not by its name, since the console
 * ("Public Network") and the API spell it differently. Free of charge; traffic is billed. It changes by replacement only.
 *
 * Errors: NHN006.
 *
 * @example
 * const internetGateway = new InternetGateway(this, "InternetGateway");
 * new RoutingTable(this, "Public", { vpc, internetGateway });
 */
export class InternetGateway extends Construct implements IInternetGateway {
  /** A gateway whose id is known, and which is attached nowhere yet. */
  static fromId(scope: Construct, id: string, internetGatewayId: string): IInternetGateway {
    return new ImportedInternetGateway(scope, id, internetGatewayId);
  }

  readonly internetGatewayId: string;
  /** What it leads to, and where floating IPs come from. */
  readonly externalNetwork: IExternalNetwork;
  private readonly attachment: Attachment;

  constructor(scope: Construct, id: string, props: InternetGatewayProps = {}) {
    super(scope, id);
    const external = props.externalNetwork ?? new ExternalNetwork(this, "ExternalNetwork", { cloud: NHN_CLOUD });
    const resource = restObject(this, "Resource", {
      collection: "internetgateways",
      noun: "internetgateway",
      fields: { name: props.name ?? Name.of(this).toString(), external_network_id: external.externalNetworkId },
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

class ImportedInternetGateway extends Construct implements IInternetGateway {
  private readonly attachment = new Attachment(this);

  constructor(
    scope: Construct,
    id: string,
    readonly internetGatewayId: string,
  ) {
    super(scope, id);
  }

  attachTo(table: Construct): void {
    this.attachment.to(table);
  }
}

class Attachment {
  private table: Construct | undefined;

  constructor(private readonly gateway: Construct) {}

  to(table: Construct): void {
    if (this.table !== undefined)
      throw NHN006.violation({
        at: table,
        given: `${this.gateway.node.path}, which ${this.table.node.path} has attached`,
        fix: "put the subnets on that table, or give this one a gateway of its own",
      });
    this.table = table;
  }
}
