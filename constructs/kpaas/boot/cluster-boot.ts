import { CloudInit } from "../../boot/cloud-init";
import { AddOn } from "../add-on";
import type { ClusterPlan } from "../cluster-plan";
import type { KPaasNode } from "../node";
import type { WorkloadProps } from "../workload-values";
import { addressParts } from "./address-parts";
import { installHostBoot } from "./install-host";
import { NfsServer } from "./nfs-server";
import type { ClusterNode } from "./node";
import { nodeParts } from "./node-parts";
import type { PipelineProps } from "./pipeline";
import { Pipeline } from "./pipeline";
import type { PortalProps } from "./portal";
import { Portal } from "./portal";
import { KPB006, KPB008 } from "./rules";
import type { KeyPairInState } from "./ssh-trust";
import { SshTrust } from "./ssh-trust";
import { Workload } from "./workload";

/** How a cluster boots. */
export interface ClusterBootProps {
  /** What is told to the portal beyond what the plan knows: the cloud, and what differs from the defaults. */
  readonly portal: Pick<PortalProps, "cloud" | "archive" | "sha256" | "sessions">;
  /** A workload by which the cluster is seen to work; `{}` for the lab's. @default - none */
  readonly workload?: WorkloadProps;
  /** The portal's pipeline, on top of `AddOn.PORTAL`; `{}` for K-PaaS's own. @default - none */
  readonly pipeline?: PipelineProps;
  /** A key that Terraform made, which then lies in its state: for labs. @default - the install host makes one */
  readonly keyInState?: KeyPairInState;
}

/**
 * Defines the first boot of every machine of a cluster, from its plan: the install host with its phases, nodes that let its
 * installer in, the NFS server. A value.
 *
 * @example
 * const boot = ClusterBoot.of(plan, { portal: { cloud: "nhn" } });
 * boot.of(machine).userData(Limit.NHN);
 */
export class ClusterBoot {
  static of(plan: ClusterPlan, props: ClusterBootProps): ClusterBoot {
    return new ClusterBoot(plan, props);
  }

  private readonly trust: SshTrust;

  private constructor(
    private readonly plan: ClusterPlan,
    private readonly props: ClusterBootProps,
  ) {
    const trusted = { installHost: clusterNode(plan.installHost), nodes: this.entered };
    this.trust =
      props.keyInState === undefined
        ? SshTrust.madeAtFirstBoot(trusted)
        : SshTrust.keyInState({ ...trusted, ...props.keyInState });
  }

  /** First boot of a machine of the plan. */
  of({ name }: Pick<KPaasNode, "name">): CloudInit {
    const { plan } = this;
    const machine = plan.machines.find((one) => one.name === name);
    if (machine === undefined)
      throw KPB008.violation({
        given: `machine "${name}"`,
        fix: `give one of ${plan.machines.map((one) => one.name).join(", ")}`,
      });
    if (name === plan.installHost.name) return this.installHost();
    const boot = CloudInit.ubuntu().with(...nodeParts(plan.hostEntries), ...addressParts(plan, machine));
    return machine.role === "nfs"
      ? boot.with(NfsServer.exportingTo({ nodes: plan.clusterNodes.map(clusterNode) }))
      : boot.with(this.trust.node);
  }

  /** Machines that the installer enters: all but the NFS server. */
  private get entered(): readonly ClusterNode[] {
    return this.plan.machines.filter(({ role }) => role !== "nfs").map(clusterNode);
  }

  private installHost(): CloudInit {
    const { plan, trust } = this;
    const { controlPlane, exposure, storage } = plan;
    const { workload, pipeline } = this.props;
    return installHostBoot({
      ...{ release: plan.release, patches: plan.patches, variables: plan.inventory.toString() },
      master: { ...clusterNode(plan.installHost), publicAddress: controlPlane.publicAddress },
      nodes: this.entered,
      controlPlanes: controlPlane.nodes.length,
      workers: plan.workers.length,
      ...(storage.nfsServer === undefined ? {} : { nfsAddress: storage.nfsServer.fixedAddress }),
      ...(exposure.ingressAddress === undefined ? {} : { ingressAddress: exposure.ingressAddress }),
      metalLb: exposure.serviceAddresses !== undefined,
      kyverno: plan.has(AddOn.KYVERNO),
      hostEntries: plan.hostEntries,
      addresses: addressParts(plan, plan.installHost),
      trust,
      ...(workload === undefined ? {} : { workload: Workload.of(workload) }),
      ...(plan.has(AddOn.PORTAL) ? { portal: this.portal() } : {}),
      ...(pipeline === undefined ? {} : { pipeline: Pipeline.of(pipeline) }),
    });
  }

  private portal(): Portal {
    const { plan } = this;
    if (plan.hostDomain === undefined)
      throw KPB006.violation({
        given: "an ingress whose address is known afterwards",
        fix: "use another exposure, or leave AddOn.PORTAL out",
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
