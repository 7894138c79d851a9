import type { PortRules } from "../network/rules";

/**
 * The load balancing API of a cloud: Octavia, or its predecessor in Neutron. NHN Cloud has the predecessor, of which it documents
 * only a part.
 */
export type BalancingApi = "octavia" | "neutron-lbaas";

/** Differences between the clouds in the load balancing API. */
export interface LoadBalancerRules extends PortRules {
  readonly api: BalancingApi;
}
