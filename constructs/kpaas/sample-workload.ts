import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DisruptionBudget } from "../kubernetes/disruption-budget";
import { Exposure } from "../kubernetes/exposure";
import { Health } from "../kubernetes/health";
import { PodSecurity } from "../kubernetes/pod-security";
import { Resources } from "../kubernetes/resources";
import { Spread } from "../kubernetes/spread";
import { WebService } from "../kubernetes/web-service";
import { PULL } from "./workload-objects";
import type { WorkloadProps } from "./workload-values";
import { workloadValues } from "./workload-values";

export interface SampleWorkloadProps extends WorkloadProps {
  /** What has to stand before, and goes after. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines the sample workload by which a cluster of K-PaaS is seen to work: pods that answer at a port of every node.
 *
 * Creates a Deployment and a Service through a {@link WebService} that says nothing beyond them: the same objects as those that
 * the install host applies when `ClusterBoot` is told of the workload. One of the two ways is enough. Free of charge.
 *
 * Errors: KPS030 node port, KPS031 image, NAM001 names, KUB008 replicas.
 *
 * @example new SampleWorkload(this, "Sample")
 */
export class SampleWorkload extends Construct implements ITerraformDependable {
  readonly service: WebService;
  readonly nodePort: number;
  /** For `dependsOn`: what leads to the pods. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: SampleWorkloadProps = {}) {
    super(scope, id);
    const values = workloadValues(props, this);
    this.service = new WebService(this, "Resource", {
      ...{ name: values.deploymentName, serviceName: values.serviceName, namespace: values.namespace },
      ...{ image: values.image, pull: PULL, port: values.port, replicas: values.replicas },
      labels: { app: values.app },
      exposure: Exposure.onNodes(values.nodePort),
      // As the lab has it: nothing is asked of the pods, and nothing promised to them.
      ...{ health: Health.unknown(), resources: Resources.unbounded(), security: PodSecurity.unset() },
      ...{ spread: Spread.anywhere(), disruption: DisruptionBudget.none() },
      ...(props.dependsOn === undefined ? {} : { dependsOn: props.dependsOn }),
    });
    this.node.defaultChild = this.service.node.defaultChild;
    this.nodePort = values.nodePort;
    this.fqn = this.service.fqn;
  }

  /** Where the workload answers, seen from who reaches a node at this address. */
  urlAt(address: string): string {
    return `http://${address}:${this.nodePort}`;
  }
}
