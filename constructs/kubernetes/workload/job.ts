import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Duration } from "../../core/duration";
import { escaped } from "../escaped";
import { claimName, OBJECT_NAMES } from "../names";
import { checkJob, jobLabels, type JobTemplateProps, renderJob } from "./job-template";
import { dependenciesOf } from "./pod-uses";

/** Properties of {@link Job}. */
export interface JobProps extends JobTemplateProps {
  /** Name of the job: a DNS subdomain of at most 63 characters. */
  readonly name: string;
  /** Whether an apply waits until the job has completed; it fails with the job. @default true */
  readonly waitForCompletion?: boolean;
  /** Time for which an apply waits. @default - ten minutes */
  readonly timeout?: Duration;
  /** Resources that are created before the job and destroyed after it. @default - its settings, secrets and claims */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a program that runs once in a cluster, such as a migration of a database.
 *
 * Creates a Job, which an apply waits for. A change of it, such as another image, deletes it and runs the new one. Free of charge by
 * itself; the requests of its pods determine the number of nodes.
 *
 * Errors: KUB004, KUB007, KUB018, KUB023, KUB027, KUB028, KUB038 to KUB040, KUB042, NAM001, NAM002.
 *
 * @example
 * const migration = new Job(this, "Migration", { name: "migration", image: "registry.example.com/web:1.4.0", args: ["migrate"], resources });
 * new WebService(this, "Web", { ...web, dependsOn: [migration] });
 */
export class Job extends Construct implements ITerraformDependable {
  /** Name of the job. */
  readonly jobName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** For `dependsOn` of workloads that start after it. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: JobProps) {
    super(scope, id);
    const { name, namespace = "default", timeout } = props;
    checkJob(props, [], this);
    this.jobName = claimName(name, OBJECT_NAMES.job, namespace, this);
    this.namespace = namespace;
    props.secrets?.useAsEnvironment();
    const dependsOn = [...(props.dependsOn ?? []), ...dependenciesOf(props)];
    const time = timeout && `${timeout.toSeconds()}s`;
    const resource = new JobV1(this, "Resource", {
      ...escaped({ metadata: { name, namespace, labels: jobLabels(name) }, spec: renderJob(props, this) }),
      waitForCompletion: props.waitForCompletion ?? true,
      timeouts: { create: time ?? "10m", update: time ?? "10m" },
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }
}
