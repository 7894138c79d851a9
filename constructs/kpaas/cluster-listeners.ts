import type { ClusterPlan } from "./cluster-plan";
import type { PlannedMachine } from "./node";

/** What a load balancer has to do for a cluster. */
export interface ClusterListener {
  readonly name: "api" | "http" | "https";
  /** Port that clients connect to, by TCP. */
  readonly port: number;
  readonly targetPort: number;
  readonly targets: readonly PlannedMachine[];
}

/** Node ports that the installer gives to the ingress; they are written into it, so a balancer can stand before the cluster does. */
const INGRESS = [
  { name: "http", port: 80, targetPort: 31_080 },
  { name: "https", port: 443, targetPort: 31_443 },
] as const;

/** Ports of every node that belong to the ingress: no other service gets them. */
export const INGRESS_NODE_PORTS: readonly number[] = INGRESS.map(({ targetPort }) => targetPort);

/** Listeners of the load balancers that stand before the installation; none for a single node with an interface of its own. */
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
