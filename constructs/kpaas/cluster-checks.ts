import type { Violation } from "../core/violation";
import { AddOn } from "./add-on";
import type { ClusterPlan, ClusterPlanProps } from "./cluster-plan";
import { KPS002, KPS005, KPS006, KPS015 } from "./rules";

/** Workers that the portal's pods take. */
const PORTAL_WORKERS = 3;

/** What cannot be a cluster, whatever its machines are. */
export function clusterViolations(plan: ClusterPlan, props: ClusterPlanProps): readonly Violation[] {
  return [
    ...etcdViolations(plan, props),
    ...workerViolations(plan, props),
    ...storageViolations(props),
    ...nhnViolations(plan, props),
  ];
}

function etcdViolations({ controlPlane, workers }: ClusterPlan, { at }: ClusterPlanProps): readonly Violation[] {
  const { etcd, nodes } = controlPlane;
  if (etcd?.type !== "external") return [];
  const refuse = (given: string, fix: string) => KPS002.violation({ at, given, fix });
  const inCluster = etcd.nodes.filter(({ name }) => [...nodes, ...workers].some((node) => node.name === name));
  return [
    ...(etcd.nodes.length === nodes.length
      ? []
      : [
          refuse(
            `${etcd.nodes.length} etcd machines for ${nodes.length} control plane nodes`,
            `give ${nodes.length}, or say Etcd.stacked()`,
          ),
        ]),
    ...inCluster.map(({ name }) => refuse(`etcd on ${name}, a node of the cluster`, "give etcd machines of its own")),
  ];
}

function workerViolations(plan: ClusterPlan, { at }: ClusterPlanProps): readonly Violation[] {
  const needed = plan.has(AddOn.PORTAL) ? PORTAL_WORKERS : 1;
  const { length } = plan.workers;
  if (length >= needed) return [];
  const fix = needed === 1 ? "give it a pool of one or more" : `give it ${needed}, or leave AddOn.PORTAL out of addOns`;
  return [KPS006.violation({ at, given: `${length} workers${needed === 1 ? "" : ", and the portal"}`, fix })];
}

function storageViolations({ storage, workers, at }: ClusterPlanProps): readonly Violation[] {
  const { cephPool } = storage;
  if (cephPool === undefined || workers.includes(cephPool)) return [];
  return [
    KPS005.violation({
      at,
      given: `Ceph on pool "${cephPool.name}", which is none of the workers'`,
      fix: "give the pool to workers, too",
    }),
  ];
}

function nhnViolations(plan: ClusterPlan, { at }: ClusterPlanProps): readonly Violation[] {
  if (plan.exposure.kind !== "nhn-controller" || plan.has(AddOn.KYVERNO)) return [];
  return [
    KPS015.violation({ at, given: "NHN Cloud's controller without Kyverno", fix: "add AddOn.KYVERNO to addOns" }),
  ];
}
