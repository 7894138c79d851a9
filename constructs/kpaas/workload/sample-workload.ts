import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { DisruptionBudget } from "../../kubernetes/scaling/disruption-budget";
import type { VolumeMount } from "../../kubernetes/storage/volume-mount";
import { Spread } from "../../kubernetes/scaling/spread";
import { Exposure } from "../../kubernetes/workload/exposure";
import { Health } from "../../kubernetes/workload/health";
import { PodSecurity } from "../../kubernetes/workload/pod-security";
import { Resources } from "../../kubernetes/workload/resources";
import { WebService } from "../../kubernetes/workload/web-service";
import { PULL } from "./workload-objects";
import { type WorkloadProps, workloadValues } from "./workload-values";

/** Properties of {@link SampleWorkload}. */
export interface SampleWorkloadProps extends WorkloadProps {
  /** What the container sees in directories, such as a `Claim` on the NFS server: `VolumeMount.claim(...)`. @default - none */
  readonly volumes?: Readonly<Record<string, VolumeMount>>;
  /** Resources that are created before the workload and destroyed after it. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines the sample workload that proves that a K-PaaS cluster works: pods that respond on a port of every node.
 *
 * Creates a Deployment and a Service through a {@link WebService} without further settings: the same objects that the install host
 * applies when `ClusterBoot` has a workload. Use one of the two. Free of charge.
 *
 * Errors: KPS030 node port, KPS031 image, NAM001 names, KUB008 replicas.
 *
 * @example new SampleWorkload(this, "Sample")
 */
export class SampleWorkload extends Construct implements ITerraformDependable {
  /** Name of the Service. */
  readonly service: WebService;
  /** Port on each node. */
  readonly nodePort: number;
  /** Terraform address of the Service, for `dependsOn`. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: SampleWorkloadProps = {}) {
    super(scope, id);
    const values = workloadValues(props, this);
    this.service = new WebService(this, "Resource", {
      name: values.deploymentName,
      serviceName: values.serviceName,
      namespace: values.namespace,
      image: values.image,
      pull: PULL,
      port: values.port,
      replicas: values.replicas,
      labels: { app: values.app },
      exposure: Exposure.onNodes(values.nodePort),
      // As in the lab: no probes, no resource requests, no further guarantees.
      health: Health.unknown(),
      resources: Resources.unbounded(),
      security: PodSecurity.unset(),
      spread: Spread.anywhere(),
      disruption: DisruptionBudget.none(),
      ...defined({ dependsOn: props.dependsOn, volumes: props.volumes }),
    });
    this.node.defaultChild = this.service.node.defaultChild;
    this.nodePort = values.nodePort;
    this.fqn = this.service.fqn;
  }

  /** URL of the workload for a client that reaches a node at this address. */
  urlAt(address: string): string {
    return `http://${address}:${this.nodePort}`;
  }
}
