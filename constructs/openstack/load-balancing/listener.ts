import { LbListenerV2 } from "@groundwork/provider-openstack/lib/lb-listener-v2";
import { LbMonitorV2 } from "@groundwork/provider-openstack/lib/lb-monitor-v2";
import { LbPoolV2 } from "@groundwork/provider-openstack/lib/lb-pool-v2";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { defined } from "../../core/defined";
import { displayName } from "../display-name";
import { OBJECT_NAME } from "../limits";
import { HealthCheck } from "./health-check";
import { createPoolMembers } from "./pool-members";
import type { ISubnet } from "../network/subnet";

/** A machine that a listener sends traffic to. */
export interface Target {
  /** Host name, used as the key of the member. */
  readonly name: string;
  /** Address in the subnet. */
  readonly fixedAddress: string;
}

/** Settings of a listener. */
export interface ListenerProps {
  /** Port that clients connect to. */
  readonly port: number;
  /** Machines that receive the traffic: objects with `name` and `fixedAddress`. */
  readonly targets: readonly Target[];
  /**
   * Subnet of the targets; the load balancer gets an interface in it.
   * @default - the load balancer's subnet, whose gateway routes to the targets
   */
  readonly targetSubnet?: ISubnet;
  /**
   * Port of the targets.
   * @default - the listener's port
   */
  readonly targetPort?: number;
  /**
   * `"TCP"` balances connections; `"HTTP"` balances requests and adds a header with the client's address, which NHN Cloud's API
   * does not support.
   * @default "TCP"
   */
  readonly protocol?: "TCP" | "HTTP";
  /**
   * Health check of the targets: `HealthCheck.tcp(...)` or `HealthCheck.http(path, ...)`.
   * @default - a TCP connection every 10 seconds
   */
  readonly healthCheck?: HealthCheck;
}

/** A listener together with its load balancer. */
interface BalancedListenerProps extends ListenerProps {
  readonly loadBalancerId: string;
  /** Subnet of the load balancer. */
  readonly subnet: ISubnet;
  /** Part of the load balancer that is created immediately before the listener. */
  readonly last: ITerraformDependable;
}

/** Creates a listener with its pool, members and health check, one after the other; returns the last resource. */
export function createListener(scope: Construct, props: BalancedListenerProps): ITerraformDependable {
  const { subnet, port, targets, targetPort = port, protocol = "TCP", healthCheck = HealthCheck.tcp() } = props;
  const name = displayName(scope, undefined, OBJECT_NAME);
  const listener = new LbListenerV2(scope, "Resource", {
    name,
    loadbalancerId: props.loadBalancerId,
    protocol,
    protocolPort: port,
    ...defined({ insertHeaders: protocol === "HTTP" ? { "X-Forwarded-For": "true" } : undefined }),
    dependsOn: [props.last],
  });
  const pool = new LbPoolV2(scope, "Pool", { name, listenerId: listener.id, protocol, lbMethod: "ROUND_ROBIN" });
  // Always set: the provider would otherwise send an empty string, which is not a valid id.
  const { subnetId } = props.targetSubnet ?? subnet;
  const members = createPoolMembers(scope, { cloud: subnet.cloud, pool, subnetId, targets, targetPort });
  return new LbMonitorV2(scope, "HealthCheck", { poolId: pool.id, ...healthCheck.settings, dependsOn: [members] });
}
