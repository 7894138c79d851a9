import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { displayName } from "../../openstack/display-name";
import { restAttachment } from "../api/rest-attachment";
import { restObject } from "../api/rest-object";
import { VPC_LIMITS, VPC_OBJECT_NAME } from "../limits";
import { countAgainstQuota } from "../network-quotas";
import { NHN016 } from "../rules";
import type { IInternetGateway } from "./internet-gateway";
import type { IVpc } from "./vpc";
import { rejectExcess, VpcDependencies } from "./vpc-dependencies";

/** How packets between subnets of a VPC are routed. */
export class Routing {
  /** Each host routes for its own machines (DVR): no intermediate router and no single point of failure. */
  static readonly DISTRIBUTED = new Routing(true);
  /** One router for the whole table, which sees all traffic. */
  static readonly CENTRALIZED = new Routing(false);

  private constructor(
    /** Whether routing is distributed over the hosts. */
    readonly distributed: boolean,
  ) {}
}

/** Properties of {@link RoutingTable}. */
export interface RoutingTableProps {
  /** VPC of the table. */
  readonly vpc: IVpc;
  /**
   * Internet gateway to attach. Attaching creates the route 0.0.0.0/0 to the gateway, and the table's subnets become public.
   * @default - none: the table's subnets are private
   */
  readonly internetGateway?: IInternetGateway;
  /**
   * Where packets are routed: `Routing.DISTRIBUTED` (each host routes for its machines) or `Routing.CENTRALIZED` (one router).
   * @default Routing.DISTRIBUTED
   */
  readonly routing?: Routing;
  /**
   * Name in the console.
   * @default - derived from the construct's path
   */
  readonly name?: string;
}

/**
 * Defines a routing table of a VPC.
 *
 * Creates the table and, with an internet gateway, the attachment; a later plan detects a lost attachment and restores it. Add further
 * routes with `Route`. Name and kind of routing change in place. Cost: free of charge.
 *
 * Errors: NHN005, NHN006, NHN013, NHN016, TXT001.
 *
 * @example new RoutingTable(this, "Public", { vpc, internetGateway: new InternetGateway(this, "InternetGateway") });
 */
export class RoutingTable extends Construct {
  /** Id of the routing table. */
  readonly routingTableId: string;
  /** VPC that contains it. */
  readonly vpc: IVpc;
  /** Whether the table has an internet gateway. */
  readonly isPublic: boolean;
  private readonly routeResources: ITerraformDependable[] = [];
  private readonly destinations = new Map<string, string>();

  constructor(scope: Construct, id: string, props: RoutingTableProps) {
    super(scope, id);
    VpcDependencies.of(props.vpc, this).addTable(this);
    const resource = restObject(this, "Resource", {
      collection: "routingtables",
      noun: "routingtable",
      fields: {
        name: displayName(this, props.name, VPC_OBJECT_NAME),
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

  /** Dependencies of a machine on the table: the attachment of the gateway, and the routes so far. */
  get routes(): readonly ITerraformDependable[] {
    return this.routeResources;
  }

  /** Registers a destination; rejects a second route to it. Called by `Route`. */
  addDestination(at: Construct, destination: string): void {
    const other = this.destinations.get(destination);
    if (other !== undefined)
      throw NHN016.violation({
        at,
        given: `a second route to ${destination} in addition to ${other}`,
        fix: "remove one of the two, or use a separate table for the subnet",
      });
    this.destinations.set(destination, at.node.path);
    rejectExcess(at, this.destinations.size, VPC_LIMITS.routesPerTable, "route of this table");
  }

  /** Adds a dependency of the machines in the table's subnets. Called by `Route`. */
  addRoute(route: ITerraformDependable): void {
    this.routeResources.push(route);
  }

  private attach(gateway: IInternetGateway): void {
    gateway.attachTo(this);
    countAgainstQuota(this, this.vpc.api, "internetGateways");
    this.addDestination(this, "0.0.0.0/0");
    this.addRoute(
      restAttachment(this, "GatewayAttachment", {
        collection: "routingtables",
        noun: "routingtable",
        objectId: this.routingTableId,
        role: "gateway",
        otherId: gateway.internetGatewayId,
        detectsDrift: true,
      }),
    );
  }
}
