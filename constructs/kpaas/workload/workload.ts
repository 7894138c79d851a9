import { Files } from "../../boot/parts/files";
import { type BootPart, mergeSections } from "../../boot/parts/part";
import { Duration } from "../../core/duration";
import { phase } from "../boot/phases";
import { workloadManifest } from "./workload-objects";
import { type WorkloadProps, workloadValues } from "./workload-values";

/**
 * Defines the phase in which the install host applies the sample workload, right after the cluster has been verified. A value type;
 * it applies the same objects as `SampleWorkload`, for clusters that Terraform cannot reach.
 *
 * @example Workload.of({}); Workload.of({ image: "nginx:1.29.3", nodePort: 30088 })
 */
export class Workload implements BootPart {
  /** The workload with these settings. */
  static of(props: WorkloadProps): Workload {
    return new Workload(props);
  }

  /** Text of `/etc/kpaas/workload.yaml`. */
  readonly manifest: string;
  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor(props: WorkloadProps) {
    const values = workloadValues(props, "workload");
    this.manifest = workloadManifest(values);
    this.sections = mergeSections([
      Files.text("/etc/kpaas/workload.yaml", this.manifest),
      Files.settings("/etc/kpaas/workload.env", {
        NAMESPACE: values.namespace,
        DEPLOYMENT: values.deploymentName,
        NODE_PORT: String(values.nodePort),
      }),
      ...phase({ name: "workload", script: "install/workload.sh", deadline: Duration.minutes(15) }),
    ]);
  }
}
