import { Kind, type Row } from "../store";

/** A load balancer with one address. */
export interface LoadBalancer extends Row {
  readonly name: string;
  readonly vip_port_id: string;
  readonly provisioning_status: "ACTIVE" | "PENDING_CREATE" | "PENDING_UPDATE" | "PENDING_DELETE";
}

export const LOAD_BALANCERS = new Kind<LoadBalancer>("Load balancer");

/** A port on which a load balancer accepts connections. */
export interface Listener extends Row {
  readonly name: string;
  /** Id of the load balancer. */
  readonly balancer: string;
  readonly protocol: string;
  readonly protocol_port: number;
  readonly default_pool_id: string | null;
}

export const LISTENERS = new Kind<Listener>("Listener");

/** The members to which a listener distributes connections. */
export interface Pool extends Row {
  readonly name: string;
  /** Id of the load balancer. */
  readonly balancer: string;
}

export const POOLS = new Kind<Pool>("Load balancer pool");

/** A backend of a pool. */
export interface Member extends Row {
  readonly name: string;
  /** Id of the pool. */
  readonly pool: string;
  readonly address: string;
  readonly protocol_port: number;
}

export const MEMBERS = new Kind<Member>("Load balancer member");

/** The health check of a pool. */
export interface HealthMonitor extends Row {
  readonly name: string;
  /** Id of the pool. */
  readonly pool: string;
  readonly type: string;
  readonly delay: number;
  readonly timeout: number;
}

export const HEALTH_MONITORS = new Kind<HealthMonitor>("Health monitor");
