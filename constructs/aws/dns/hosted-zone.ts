import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { checkedTags, type Tags } from "../../core/tags";
import type { INetwork } from "../network/network";
import { checkZone, type IHostedZone } from "../site/domain";
import { checkHostNames, validatedName } from "../site/host-name";
import { DNS001 } from "./rules";

/** A target of alias records, such as an `ApplicationLoadBalancer`. */
export interface IAliasTarget {
  /** DNS name of the target. */
  readonly dnsName: string;
  /** Id of the hosted zone of AWS that contains this name. */
  readonly hostedZoneId: string;
}

/** Properties of {@link HostedZone}. */
export interface HostedZoneProps {
  /** Domain of the zone, such as `shop.example.com`. */
  readonly name: string;
  /** Networks that resolve the zone, which is then private. @default - none: the zone is public */
  readonly networks?: readonly INetwork[];
  /** Whether a destroy also deletes records that Terraform does not know. @default false */
  readonly forceDestroy?: boolean;
  /** Tags, in addition to `Name`. @default - none */
  readonly tags?: Tags;
}

/**
 * Defines the DNS records of a domain, for the internet or for networks of your own.
 *
 * Creates a hosted zone of Route 53. A public zone is used only after the domain's registrar, or the zone above it, refers to its
 * `nameServers`. Cost: $0.50 a month, and $0.40 per million queries; queries for alias records of load balancers are free of charge.
 *
 * Errors: DNS001, SIT002, SIT006, TAG001.
 *
 * @example
 * const zone = new HostedZone(this, "Zone", { name: "shop.example.com" });
 * zone.addAlias("www.shop.example.com", balancer);
 */
export class HostedZone extends Construct implements IHostedZone {
  /** An existing zone. */
  static fromId(attributes: IHostedZone): IHostedZone {
    return attributes;
  }

  /** Id of the zone. */
  readonly zoneId: string;
  /** Domain of the zone. */
  readonly zoneName: string;
  /** Whether only networks of your own resolve the zone. */
  readonly isPrivate: boolean;
  /** Name servers of the zone. */
  readonly nameServers: readonly string[];

  constructor(scope: Construct, id: string, props: HostedZoneProps) {
    super(scope, id);
    const { name, networks, forceDestroy = false, tags = {} } = props;
    checkHostNames([name], this);
    if (networks?.length === 0)
      throw DNS001.violation({
        at: this,
        given: "no network",
        fix: "list networks, or omit networks for a public zone",
      });
    const resource = new Route53Zone(this, "Resource", {
      name,
      forceDestroy,
      ...defined({ vpc: networks?.map(({ networkId }) => ({ vpcId: networkId })) }),
      tags: { ...checkedTags(tags, this, 1), Name: Name.of(this).tag() },
    });
    this.node.defaultChild = resource;
    this.zoneId = resource.zoneId;
    this.zoneName = name;
    this.isPrivate = networks !== undefined;
    this.nameServers = resource.nameServers;
  }

  /** Adds a name that has the addresses of a target: of a load balancer, without a fixed address of its own. */
  addAlias(name: string, target: IAliasTarget): void {
    addAlias(this, name, this, target);
  }
}

/** An alias record, identified by its name. */
export function addAlias(scope: Construct, name: string, zone: IHostedZone, target: IAliasTarget): void {
  checkHostNames([name], scope);
  checkZone(validatedName(name), zone.zoneName);
  new Route53Record(scope, `Alias ${name}`, {
    zoneId: zone.zoneId,
    name,
    type: "A",
    alias: { name: target.dnsName, zoneId: target.hostedZoneId, evaluateTargetHealth: true },
  });
}
