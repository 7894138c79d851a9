import type { ClusterPlan } from "./cluster-plan";
import type { PlannedMachine } from "./node";

/** A listener that a load balancer needs for a cluster. */
export interface ClusterListener {
  /** Name of the listener. */
  readonly name: "api" | "http" | "https";
  /** TCP port that clients connect to. */
  readonly port: number;
  /** Port of the targets. */
  readonly targetPort: number;
  /** Names of the nodes that receive the connections. */
  readonly targets: readonly PlannedMachine[];
}

/** Node ports of the ingress. They are hard-coded in the installer, so a load balancer can be created before the cluster. */
const INGRESS = [
  { name: "http", port: 80, targetPort: 31_080 },
  { name: "https", port: 443, targetPort: 31_443 },
] as const;

/** Node ports that the ingress uses on every node; no other service can have them. */
export const INGRESS_NODE_PORTS: readonly number[] = INGRESS.map(({ targetPort }) => targetPort);

/** Listeners of the load balancers that have to exist before the installation; empty for a single node with its own interface. */
export function clusterListeners({
  machines,
  clusterNodes,
  controlPlane,
  exposure,
}: ClusterPlan): readonly ClusterListener[] {
  const masters = machines.filter(({ role }) => role === "control-plane");
  return [
    ...(controlPlane.balancer === undefined
      ? []
      : [{ name: "api" as const, port: 6443, targetPort: 6443, targets: masters }]),
    ...(exposure.kind === "load-balancer" ? INGRESS.map((listener) => ({ ...listener, targets: clusterNodes })) : []),
  ];
}
