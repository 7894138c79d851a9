import { Lb, type LbConfig } from "@cdktf/provider-aws/lib/lb";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { type Peer } from "../../core/peer";
import { type Port } from "../../core/port";
import { checkedTags, type Tags } from "../../core/tags";
import type { INetwork } from "../network/network";
import type { Connections, IConnectable } from "../network/security/connections";
import { SecurityGroup } from "../network/security/security-group";
import type { ISubnet } from "../network/subnet";
import type { Tier } from "../network/tier";
import type { ILogBucket } from "../storage/log-bucket";
import { AccessLogDelivery } from "./access-log-delivery";
import { namePrefixOf } from "./name-prefix";
import { ELB001, ELB002 } from "./rules";
import { Scheme } from "./scheme";
import type { BalancerKind } from "./target-group";

/** A load balancer, created here or existing. */
export interface ILoadBalancer extends IConnectable {
  /** DNS name; its addresses change. */
  readonly dnsName: string;
  /** Hosted zone of the DNS name, for alias records. */
  readonly hostedZoneId: string;
}

/** Props of both kinds of load balancers. */
export interface LoadBalancerProps {
  /** Network of the load balancer. */
  readonly network: INetwork;
  /**
   * Who reaches it: the network, or clients on the internet.
   * @default - Scheme.internal()
   */
  readonly scheme?: Scheme;
  /**
   * Network tier of its addresses.
   * @default - "private" for an internal load balancer, "public" for an internet-facing one
   */
  readonly tier?: Tier | string;
  /**
   * Bucket for access logs. A network load balancer logs TLS listeners only.
   * @default - none
   */
  readonly accessLogs?: ILogBucket;
  /**
   * Whether AWS rejects the deletion of the load balancer; also by Terraform, until it is false.
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * Tags, in addition to `Name`.
   * @default - none
   */
  readonly tags?: Tags;
}

/** The load balancer with its security group, and the clients of its listeners. Base of both kinds. */
export abstract class LoadBalancer extends Construct implements ILoadBalancer {
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** DNS name; its addresses change. */
  readonly dnsName: string;
  /** Hosted zone of the DNS name, for alias records. */
  readonly hostedZoneId: string;
  /** Connections of its security group. */
  readonly connections: Connections;
  /** Identifies the load balancer in metrics. */
  readonly label: string;
  protected readonly region: string;
  private readonly clients: readonly Peer[];
  private readonly ports = new Set<string>();

  protected constructor(
    scope: Construct,
    id: string,
    props: LoadBalancerProps,
    readonly kind: BalancerKind,
    settings: Partial<LbConfig>,
  ) {
    super(scope, id);
    const { network, scheme = Scheme.internal(), accessLogs } = props;
    this.region = network.zones.region.name;
    this.clients = scheme.clients ?? network.peers;
    const subnets = this.checkedSubnets(network.subnetsOf(props.tier ?? scheme.tier));
    const group = new SecurityGroup(this, "SecurityGroup", { network, description: `${kind} load balancer` });
    this.connections = group.connections;
    const logs = accessLogs && this.deliverLogs(accessLogs, props);
    const resource = new Lb(this, "Resource", {
      namePrefix: namePrefixOf(this),
      loadBalancerType: kind,
      internal: scheme.isInternal,
      subnets: subnets.map(({ subnetId }) => subnetId),
      securityGroups: [group.securityGroupId],
      ...settings,
      ...defined({
        enableDeletionProtection: props.deletionProtection === true ? true : undefined,
        accessLogs: logs && { enabled: true, bucket: logs.bucket, prefix: logs.prefix },
      }),
      tags: { ...checkedTags(props.tags ?? {}, this, 1), Name: Name.of(this).tag() },
      // A public address needs the route to the internet gateway, and is released before the gateway can be detached.
      dependsOn: [...subnets.flatMap(({ routing }) => routing), ...(logs?.permission ?? [])],
      // Another scheme replaces the load balancer; its name has a unique suffix.
      lifecycle: { createBeforeDestroy: true },
    });
    this.node.defaultChild = resource;
    this.loadBalancerArn = resource.arn;
    this.dnsName = resource.dnsName;
    this.hostedZoneId = resource.zoneId;
    this.label = resource.arnSuffix;
  }

  /** Opens a port to the clients; rejects a port that has a listener. */
  protected open(port: Port): void {
    const key = port.toString();
    if (this.ports.has(key))
      throw ELB002.violation({ at: this, given: `two listeners at ${key}`, fix: "use one listener for each port" });
    this.ports.add(key);
    for (const client of this.clients) this.connections.allowFrom(client, port, "clients");
  }

  private checkedSubnets(subnets: readonly ISubnet[]): readonly ISubnet[] {
    const zones = subnets.map(({ zone }) => zone);
    const repeated = zones.find((zone, index) => zones.indexOf(zone) !== index);
    const least = this.kind === "application" ? 2 : 1;
    if (zones.length >= least && repeated === undefined) return subnets;
    throw ELB001.violation({
      at: this,
      given: repeated === undefined ? `subnets in ${zones.length} zones` : `two subnets in zone ${repeated}`,
      fix: `use a tier with one subnet in each of at least ${least} zones`,
    });
  }

  private deliverLogs(bucket: ILogBucket, { network }: LoadBalancerProps) {
    const prefix = Name.of(this).prefix(LOG_PREFIX);
    const { region } = network.zones;
    const { permission } = new AccessLogDelivery(this, "LogDelivery", { kind: this.kind, bucket, prefix, region });
    return { bucket: bucket.bucketName, prefix, permission };
  }
}

/** Prefixes of log objects: AWS rejects those that contain AWSLogs. */
const LOG_PREFIX = { service: "log prefix", maxLength: 100, pattern: /^[\w.-]+$/ };
