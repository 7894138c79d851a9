import type { ITerraformDependable } from "cdktf";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../core/name";
import type { IExternalNetwork } from "../openstack/network/external-network";
import { ExternalNetwork } from "../openstack/network/external-network";
import type { IFloatingIp } from "../openstack/network/floating-ip";
import { FloatingIp } from "../openstack/network/floating-ip";
import { apiCall } from "./api-call";
import { NHN_CLOUD } from "./cloud";
import { count } from "./network-count";
import { restObject } from "./rest-object";
import { NHN007 } from "./rules";
import type { ISubnet } from "./subnet";

/** A NAT gateway, made here or elsewhere. */
export interface INatGateway {
  readonly natGatewayId: string;
  /** Its address inside the VPC: where routes lead. */
  readonly fixedIp: string;
  /** What has to stand before a route may lead to it. */
  readonly ready: readonly ITerraformDependable[];
}

export interface NatGatewayProps {
  /** The public subnet that it stands in. */
  readonly subnet: ISubnet;
  /**
   * Its address in the internet, which stands in front of nothing else: partners may know it by number.
   * @default - a new one of the external network
   */
  readonly floatingIp?: IFloatingIp & { readonly floatingIpId: string };
  /**
   * Where a new floating IP comes from.
   * @default - the cloud's only external network, found by its kind
   */
  readonly externalNetwork?: IExternalNetwork;
  /**
   * Name in the console.
   * @default - made from the construct's path
   */
  readonly name?: string;
  /**
   * What it is for.
   * @default - "outbound traffic of private subnets"
   */
  readonly description?: string;
}

/** Asks until the gateway works, for two minutes: a route that is made earlier may be refused. */
const WAIT = `i=0
while [ "$i" -lt 60 ]; do
  case "$(call --fail | tr -d ' ')" in
    *'"status":"ACTIVE"'*) exit 0 ;;
    *'"status":"ERROR"'*) echo "the NAT gateway has failed" >&2; exit 1 ;;
  esac
  i=$((i + 1))
  sleep 2
done
echo "the NAT gateway is not ACTIVE after two minutes" >&2
exit 1`;

/**
 * Defines the way out of private subnets: they reach the internet, and nothing there can open a connection to them.
 *
 * Creates the gateway, a floating IP for it unless one is given, and a wait until it is ready. A `Route` leads to it.
 * Cost: an hourly charge and one per gigabyte. Name and description change in place.
 *
 * Errors: NHN007, NHN013, NHN014, OST004.
 *
 * @example
 * const natGateway = new NatGateway(this, "NatGateway", { subnet: publicSubnet });
 * new Route(this, "Outbound", { routingTable: privateTable, through: Way.natGateway(natGateway) });
 */
export class NatGateway extends Construct implements INatGateway {
  readonly natGatewayId: string;
  readonly fixedIp: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NatGatewayProps) {
    super(scope, id);
    const { subnet } = props;
    subnet.vpc.api.region.demand("NAT gateway", this);
    if (subnet.access.name !== "public")
      throw NHN007.violation({
        at: this,
        given: `a NAT gateway in the private subnet ${subnet.cidr.toString()}`,
        fix: "put it into a subnet whose routing table has an internet gateway",
      });
    count(this, subnet.vpc.api, "natGateways");
    const floatingIp = props.floatingIp ?? this.newFloatingIp(props.externalNetwork);
    floatingIp.assign(this);
    const resource = restObject(this, "Resource", {
      collection: "natgateways",
      noun: "natgateway",
      fields: {
        name: props.name ?? Name.of(this).toString(),
        description: props.description ?? "outbound traffic of private subnets",
        vpc_id: subnet.vpc.networkId,
        subnet_id: subnet.subnetId,
        floatingips_id: floatingIp.floatingIpId,
      },
      changeable: ["name", "description"],
      dependsOn: subnet.routing,
    });
    this.node.defaultChild = resource;
    this.natGatewayId = resource.id;
    this.fixedIp = Token.asString(Fn.lookupNested(Fn.jsondecode(resource.createResponse), ["natgateway", "fixed_ip"]));
    this.ready = [
      apiCall(this, "Ready", {
        api: subnet.vpc.api,
        path: `/v2.0/natgateways/${resource.id}`,
        script: WAIT,
        again: { natGateway: resource.id },
        dependsOn: [resource],
      }),
    ];
  }

  private newFloatingIp(external?: IExternalNetwork): FloatingIp {
    return new FloatingIp(this, "FloatingIp", {
      external: external ?? new ExternalNetwork(this, "ExternalNetwork", { cloud: NHN_CLOUD }),
    });
  }
}
