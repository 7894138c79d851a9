import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../core/name";
import type { IInternetGateway } from "./internet-gateway";
import { VPC_LIMITS } from "./limits";
import { count } from "./network-count";
import { restBond } from "./rest-bond";
import { restObject } from "./rest-object";
import { NHN016 } from "./rules";
import type { IVpc } from "./vpc";
import { refuseMore } from "./vpc-roster";

/** How packets between subnets of a VPC travel. */
export class Routing {
  /** Each host routes for its own machines (DVR): no machine in between, and no single one to fail. */
  static readonly DISTRIBUTED = new Routing(true);
  /** One router for the whole table, where all traffic can be seen. */
  static readonly CENTRALIZED = new Routing(false);

  private constructor(readonly distributed: boolean) {}
}

export interface RoutingTableProps {
  readonly vpc: IVpc;
  /**
   * The way to the internet. With it the table has the route 0.0.0.0/0 to the gateway, and its subnets are public.
   * @default - none: the table's subnets are private
   */
  readonly internetGateway?: IInternetGateway;
  /**
   * How packets travel.
   * @default Routing.DISTRIBUTED
   */
  readonly routing?: Routing;
  /**
   * Name in the console.
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines where packets from its subnets go.
 *
 * Creates the table and, with an internet gateway, the attachment, whose loss a later plan notices and mends. Further
 * ways are `Route`s. Free of charge. Name and kind of routing change in place.
 *
 * Errors: NHN005, NHN006, NHN013, NHN016.
 *
 * @example new RoutingTable(this, "Public", { vpc, internetGateway: new InternetGateway(this, "InternetGateway") });
 */
export class RoutingTable extends Construct {
  readonly routingTableId: string;
  readonly vpc: IVpc;
  /** Whether the table leads to an internet gateway. */
  readonly isPublic: boolean;
  private readonly ways: ITerraformDependable[] = [];
  private readonly destinations = new Map<string, string>();

  constructor(scope: Construct, id: string, props: RoutingTableProps) {
    super(scope, id);
    props.vpc.roster.addTable(this);
    const resource = restObject(this, "Resource", {
      collection: "routingtables",
      noun: "routingtable",
      fields: {
        name: props.name ?? Name.of(this).toString(),
        vpc_id: props.vpc.networkId,
        distributed: (props.routing ?? Routing.DISTRIBUTED).distributed,
      },
      changeable: ["name", "distributed"],
    });
    this.node.defaultChild = resource;
    this.routingTableId = resource.id;
    this.vpc = props.vpc;
    this.isPublic = props.internetGateway !== undefined;
    if (props.internetGateway !== undefined) this.attach(props.internetGateway);
  }

  /** What has to stand before a packet goes where it should: the attachment of the gateway, and the routes made so far. */
  get routes(): readonly ITerraformDependable[] {
    return this.ways;
  }

  /** Notes a route; refuses one to where the table leads already. Called by `Route`. */
  refuseSecondWay(at: Construct, destination: string): void {
    const other = this.destinations.get(destination);
    if (other !== undefined)
      throw NHN016.violation({
        at,
        given: `a second way to ${destination} beside ${other}`,
        fix: "remove one, or put the subnet on a table of its own",
      });
    this.destinations.set(destination, at.node.path);
    refuseMore(at, this.destinations.size, VPC_LIMITS.routesPerTable, "route of this table");
  }

  /** Adds what a machine of the table's subnets depends on. Called by `Route`. */
  addWay(route: ITerraformDependable): void {
    this.ways.push(route);
  }

  private attach(gateway: IInternetGateway): void {
    gateway.attachTo(this);
    count(this, this.vpc.api, "internetGateways");
    this.refuseSecondWay(this, "0.0.0.0/0");
    this.addWay(
      restBond(this, "GatewayAttachment", {
        collection: "routingtables",
        noun: "routingtable",
        objectId: this.routingTableId,
        role: "gateway",
        otherId: gateway.internetGatewayId,
        noticed: true,
      }),
    );
  }
}
