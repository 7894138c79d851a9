import { CloudInit } from "../../boot/cloud-init";
import { defined } from "../../core/defined";
import type { ClusterPlan } from "../plan/cluster-plan";
import type { KPaasNode } from "../plan/node";
import { AddOn } from "../plan/release/add-on";
import { Pipeline, type PipelineProps } from "../portal/pipeline";
import { Portal, type PortalProps } from "../portal/portal";
import { Workload } from "../workload/workload";
import type { WorkloadProps } from "../workload/workload-values";
import { addressParts } from "./address-parts";
import { installHostBoot } from "./install-host";
import { NfsServer } from "./nfs-server";
import { type ClusterNode, nodeParts } from "./node";
import { KPB006, KPB008 } from "./rules";
import { type KeyPairInState, SshTrust } from "./ssh-trust";

/** Settings of the first boots of a cluster. */
export interface ClusterBootProps {
  /**
   * Settings of the portal that the plan does not contain: the cloud, and deviations from the defaults. Used if the plan has
   * `AddOn.PORTAL`.
   */
  readonly portal: Pick<PortalProps, "cloud" | "archive" | "sha256" | "sessions">;
  /** Workload that proves that the cluster works; `{}` for that of the lab. @default - none */
  readonly workload?: WorkloadProps;
  /** Pipeline of the portal, in addition to `AddOn.PORTAL`; `{}` for that of K-PaaS. @default - none */
  readonly pipeline?: PipelineProps;
  /** A key pair that Terraform created and that is stored in its state, for labs. @default - the install host generates a key */
  readonly keyInState?: KeyPairInState;
}

/**
 * Defines the first boot of every machine of a cluster, from its plan: the install host with its phases, nodes that trust the
 * installer, the NFS server. A value type.
 *
 * @example
 * const boot = ClusterBoot.of(plan, { portal: { cloud: "nhn" } });
 * boot.of(machine).userData(Limit.NHN);
 */
export class ClusterBoot {
  /** First boot of the machines of a plan. */
  static of(plan: ClusterPlan, props: ClusterBootProps): ClusterBoot {
    return new ClusterBoot(plan, props);
  }

  private readonly trust: SshTrust;

  private constructor(
    private readonly plan: ClusterPlan,
    private readonly props: ClusterBootProps,
  ) {
    const machines = { installHost: clusterNode(plan.installHost), nodes: this.installerTargets };
    this.trust =
      props.keyInState === undefined
        ? SshTrust.createdAtFirstBoot(machines)
        : SshTrust.keyInState({ ...machines, ...props.keyInState });
  }

  /** First boot of a machine of the plan, by its name. */
  of({ name }: Pick<KPaasNode, "name">): CloudInit {
    const { plan } = this;
    const machine = plan.machines.find((candidate) => candidate.name === name);
    if (machine === undefined)
      throw KPB008.violation({
        given: `machine "${name}"`,
        fix: `use one of ${plan.machines.map((candidate) => candidate.name).join(", ")}`,
      });
    if (name === plan.installHost.name) return this.installHost();
    const boot = CloudInit.ubuntu().with(...nodeParts(plan.hostEntries), ...addressParts(plan, machine));
    return machine.role === "nfs"
      ? boot.with(NfsServer.exportingTo({ nodes: plan.clusterNodes.map(clusterNode) }))
      : boot.with(this.trust.node);
  }

  /** Machines that the installer connects to: all except the NFS server. */
  private get installerTargets(): readonly ClusterNode[] {
    return this.plan.machines.filter(({ role }) => role !== "nfs").map(clusterNode);
  }

  private installHost(): CloudInit {
    const { plan, trust } = this;
    const { controlPlane, exposure, storage } = plan;
    const { workload, pipeline } = this.props;
    return installHostBoot({
      release: plan.release,
      patches: plan.patches,
      variables: plan.inventory.toString(),
      master: { ...clusterNode(plan.installHost), publicAddress: controlPlane.publicAddress },
      nodes: this.installerTargets,
      controlPlanes: controlPlane.nodes.length,
      workers: plan.workers.length,
      metalLb: exposure.serviceAddresses !== undefined,
      kyverno: plan.has(AddOn.KYVERNO),
      hostEntries: plan.hostEntries,
      addresses: addressParts(plan, plan.installHost),
      trust,
      ...defined({
        nfsAddress: storage.nfsServer?.fixedAddress,
        ingressAddress: exposure.ingressAddress,
        workload: workload && Workload.of(workload),
        portal: plan.has(AddOn.PORTAL) ? this.portal() : undefined,
        pipeline: pipeline && Pipeline.of(pipeline),
      }),
    });
  }

  private portal(): Portal {
    const { plan } = this;
    if (plan.hostDomain === undefined)
      throw KPB006.violation({
        given: "an ingress whose address is assigned during the installation",
        fix: "use another exposure, or remove AddOn.PORTAL",
      });
    return Portal.of({
      ...this.props.portal,
      masterAddress: plan.controlPlane.publicAddress,
      apiServer: plan.apiServer,
      hostDomain: plan.hostDomain,
    });
  }
}

function clusterNode({ name, fixedAddress }: KPaasNode): ClusterNode {
  return { name, address: fixedAddress };
}
