/**
 * Which of two APIs a cloud has: Octavia, or the part of Neutron that came before it. NHN Cloud has kept the latter, and
 * documents less of it than there was.
 */
export type BalancingApi = "octavia" | "neutron-lbaas";
