import { LbListenerV2 } from "@cdktf/provider-openstack/lib/lb-listener-v2";
import { LbMonitorV2 } from "@cdktf/provider-openstack/lib/lb-monitor-v2";
import { LbPoolV2 } from "@cdktf/provider-openstack/lib/lb-pool-v2";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Cloud } from "../cloud";
import { OST016, OST018, OST022 } from "../rules";
import { HealthCheck } from "./health-check";
import { makePoolMembers } from "./pool-members";
import type { ISubnet } from "./subnet";

/** A machine behind a listener. */
export interface Target {
  /** Host name: key of the member. */
  readonly name: string;
  readonly fixedAddress: string;
}

export interface ListenerProps {
  /** Port that clients connect to. */
  readonly port: number;
  /** Where connections go. */
  readonly targets: readonly Target[];
  /**
   * Subnet of the targets: the balancer gets a foot in it.
   * @default - the balancer's own, from where they are reached by its gateway
   */
  readonly targetSubnet?: ISubnet;
  /**
   * Port of the targets.
   * @default - the listener's
   */
  readonly targetPort?: number;
  /**
   * What is balanced: connections, or requests of HTTP with the client's address in a header. NHN Cloud's API takes no header.
   * @default "TCP"
   */
  readonly protocol?: "TCP" | "HTTP";
  /**
   * How a target is found to work.
   * @default - it takes connections
   */
  readonly healthCheck?: HealthCheck;
}

/** A listener of a load balancer. */
interface BalancedListenerProps extends ListenerProps {
  readonly loadBalancerId: string;
  /** Subnet of the balancer. */
  readonly subnet: ISubnet;
  /** The part of the balancer that is made last before it. */
  readonly last: ITerraformDependable;
}

/** Makes a listener, and what it balances, one after the other; answers what is made last. */
export function makeListener(scope: Construct, props: BalancedListenerProps): ITerraformDependable {
  const { subnet, port, targets, targetPort = port, protocol = "TCP", healthCheck = HealthCheck.tcp() } = props;
  const name = Name.of(scope).toString();
  const listener = new LbListenerV2(scope, "Resource", {
    name,
    loadbalancerId: props.loadBalancerId,
    protocol,
    protocolPort: port,
    ...(protocol === "HTTP" ? { insertHeaders: { "X-Forwarded-For": "true" } } : {}),
    dependsOn: [props.last],
  });
  const pool = new LbPoolV2(scope, "Pool", { name, listenerId: listener.id, protocol, lbMethod: "ROUND_ROBIN" });
  // The subnet is said in any case: the provider sends an empty one otherwise, which is no id.
  const { subnetId } = props.targetSubnet ?? subnet;
  const members = makePoolMembers(scope, { cloud: subnet.cloud, pool, subnetId, targets, targetPort });
  return new LbMonitorV2(scope, "HealthCheck", { poolId: pool.id, ...healthCheck.settings, dependsOn: [members] });
}

/** Refuses what no load balancer does, or none of the cloud. */
export function refuseUnfitListener(at: Construct, cloud: Cloud, id: string, props: ListenerProps): void {
  const { targets, protocol, healthCheck = HealthCheck.tcp() } = props;
  const { delay, timeout } = healthCheck.settings;
  if (targets.length === 0)
    throw OST018.violation({ at, given: `"${id}" without targets`, fix: "name a machine that answers" });
  if (timeout >= delay)
    throw OST022.violation({
      at,
      given: `"${id}" is checked every ${delay} seconds, and an answer is waited for during ${timeout}`,
      fix: "wait for less than the interval",
    });
  if (protocol === "HTTP" && cloud.loadBalancerApi === "neutron-lbaas")
    throw OST016.violation({
      at,
      given: `"${id}" by HTTP, with the client's address in a header, on ${cloud.name}`,
      fix: "balance connections (TCP)",
    });
}
