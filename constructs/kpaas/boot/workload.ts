import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { Duration } from "../../core/duration";
import { workloadManifest } from "../workload-objects";
import type { WorkloadProps } from "../workload-values";
import { workloadValues } from "../workload-values";
import { joined } from "./joined";
import { phase } from "./phases";

/**
 * Defines that the install host puts the sample workload into its cluster, right after the cluster was seen to stand. A value; the
 * same objects as those of `SampleWorkload`, for whom Terraform does not reach the cluster.
 *
 * @example Workload.of({}); Workload.of({ image: "nginx:1.29.3", nodePort: 30088 })
 */
export class Workload implements BootPart {
  static of(props: WorkloadProps): Workload {
    return new Workload(props);
  }

  /** Text of `/etc/kpaas/workload.yaml`. */
  readonly manifest: string;
  readonly sections: BootPart["sections"];

  private constructor(props: WorkloadProps) {
    const values = workloadValues(props, "workload");
    this.manifest = workloadManifest(values);
    this.sections = joined(
      Files.text("/etc/kpaas/workload.yaml", this.manifest),
      Files.settings("/etc/kpaas/workload.env", {
        NAMESPACE: values.namespace,
        DEPLOYMENT: values.deploymentName,
        NODE_PORT: String(values.nodePort),
      }),
      ...phase({ name: "workload", script: "workload.sh", deadline: Duration.minutes(15) }),
    );
  }
}
