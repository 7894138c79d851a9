import type { Violation } from "../../../core/violation";
import { KPS002, KPS005, KPS006, KPS015 } from "../../rules";
import type { ClusterPlan, ClusterPlanProps } from "../cluster-plan";
import { AddOn } from "../release/add-on";

/** Minimum number of workers for the portal's pods. */
const PORTAL_WORKERS = 3;

/** Violations that do not depend on individual machines. */
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
  const reject = (given: string, fix: string) => KPS002.violation({ at, given, fix });
  const inCluster = etcd.nodes.filter(({ name }) => [...nodes, ...workers].some((node) => node.name === name));
  return [
    ...(etcd.nodes.length === nodes.length
      ? []
      : [
          reject(
            `${etcd.nodes.length} etcd machines for ${nodes.length} control plane nodes`,
            `give ${nodes.length}, or use Etcd.stacked()`,
          ),
        ]),
    ...inCluster.map(({ name }) => reject(`etcd on ${name}, a node of the cluster`, "use separate machines for etcd")),
  ];
}

function workerViolations(plan: ClusterPlan, { at }: ClusterPlanProps): readonly Violation[] {
  const minimum = plan.has(AddOn.PORTAL) ? PORTAL_WORKERS : 1;
  const { length } = plan.workers;
  if (length >= minimum) return [];
  const fix = minimum === 1 ? "add a pool of one or more" : `use ${minimum}, or remove AddOn.PORTAL from addOns`;
  return [KPS006.violation({ at, given: `${length} workers${minimum === 1 ? "" : ", and the portal"}`, fix })];
}

function storageViolations({ storage, workers, at }: ClusterPlanProps): readonly Violation[] {
  const { cephPool } = storage;
  if (cephPool === undefined || workers.includes(cephPool)) return [];
  return [
    KPS005.violation({
      at,
      given: `Ceph on pool "${cephPool.name}", which is not one of the workers' pools`,
      fix: "add the pool to workers",
    }),
  ];
}

function nhnViolations(plan: ClusterPlan, { at }: ClusterPlanProps): readonly Violation[] {
  if (plan.exposure.kind !== "nhn-controller" || plan.has(AddOn.KYVERNO)) return [];
  return [
    KPS015.violation({ at, given: "NHN Cloud's controller without Kyverno", fix: "add AddOn.KYVERNO to addOns" }),
  ];
}
