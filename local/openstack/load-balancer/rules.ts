import type { PortRules } from "../network/rules";

/**
 * Which of two APIs a cloud has: Octavia, or the part of Neutron that came before it. NHN Cloud has kept the latter, and
 * documents less of it than there was.
 */
export type BalancingApi = "octavia" | "neutron-lbaas";

/** What differs from cloud to cloud. */
export interface LoadBalancerRules extends PortRules {
  readonly api: BalancingApi;
}
