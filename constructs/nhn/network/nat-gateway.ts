import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { checkedText } from "../../core/text-rule";
import { displayName } from "../../openstack/display-name";
import { ExternalNetwork, type IExternalNetwork } from "../../openstack/network/external-network";
import { FloatingIp, type IFloatingIp } from "../../openstack/network/floating-ip";
import { apiCall } from "../api/api-call";
import { restObject } from "../api/rest-object";
import { NHN_CLOUD } from "../cloud";
import { VPC_OBJECT_DESCRIPTION, VPC_OBJECT_NAME } from "../limits";
import { countAgainstQuota } from "../network-quotas";
import { NHN007 } from "../rules";
import type { ISubnet } from "./subnet";

/** A NAT gateway, created by this app or elsewhere. */
export interface INatGateway {
  /** Id of the NAT gateway. */
  readonly natGatewayId: string;
  /** Address inside the VPC: the next hop of routes. */
  readonly fixedIp: string;
  /** Dependencies of a route to the gateway. */
  readonly ready: readonly ITerraformDependable[];
}

/** Properties of {@link NatGateway}. */
export interface NatGatewayProps {
  /** A public subnet for the gateway. */
  readonly subnet: ISubnet;
  /**
   * Public address of the gateway: a `FloatingIp` of this stack that is not connected to anything else. Give one to keep an address
   * that partners have allowlisted.
   * @default - a new floating IP from `externalNetwork`
   */
  readonly floatingIp?: IFloatingIp & { readonly floatingIpId: string };
  /**
   * Network from which a new floating IP is allocated.
   * @default - the cloud's only external network, found by its `external` flag
   */
  readonly externalNetwork?: IExternalNetwork;
  /**
   * Name in the console.
   * @default - derived from the construct's path
   */
  readonly name?: string;
  /**
   * Purpose, as the console shows it.
   * @default - "outbound traffic of private subnets"
   */
  readonly description?: string;
}

/** Polls until the gateway is active, for two minutes: the API may reject a route that is created earlier. */
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
 * Defines a NAT gateway: private subnets reach the internet, and the internet cannot open connections to them.
 *
 * Creates the gateway, a floating IP unless one is given, and a wait until the gateway is active. A `Route` uses it as next hop. Name
 * and description change in place. Cost: an hourly charge and a charge per gigabyte.
 *
 * Errors: NHN007, NHN013, NHN014, OST004, TXT001.
 *
 * @example
 * const natGateway = new NatGateway(this, "NatGateway", { subnet: publicSubnet });
 * new Route(this, "Outbound", { routingTable: privateTable, nextHop: NextHop.natGateway(natGateway) });
 */
export class NatGateway extends Construct implements INatGateway {
  /** Id of the NAT gateway. */
  readonly natGatewayId: string;
  readonly fixedIp: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NatGatewayProps) {
    super(scope, id);
    const { subnet } = props;
    subnet.vpc.api.region.require("NAT gateway", this);
    if (subnet.access.name !== "public")
      throw NHN007.violation({
        at: this,
        given: `a NAT gateway in the private subnet ${subnet.cidr.toString()}`,
        fix: "use a subnet whose routing table has an internet gateway",
      });
    countAgainstQuota(this, subnet.vpc.api, "natGateways");
    const floatingIp = props.floatingIp ?? this.newFloatingIp(props.externalNetwork);
    floatingIp.assign(this);
    const resource = restObject(this, "Resource", {
      collection: "natgateways",
      noun: "natgateway",
      fields: {
        name: displayName(this, props.name, VPC_OBJECT_NAME),
        description: checkedText(
          props.description ?? "outbound traffic of private subnets",
          VPC_OBJECT_DESCRIPTION,
          this,
        ),
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
        triggers: { natGateway: resource.id },
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
