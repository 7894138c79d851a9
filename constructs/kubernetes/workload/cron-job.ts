import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import type { Duration } from "../../core/duration";
import type { Violation } from "../../core/violation";
import { escaped } from "../escaped";
import { claimName, OBJECT_NAMES } from "../names";
import { KUB042, KUB043 } from "./rules";
import { isWhole } from "../whole-number";
import { scheduleViolations } from "./cron-schedule";
import { checkJob, jobLabels, type JobTemplateProps, renderJob } from "./job-template";
import { dependenciesOf } from "./pod-uses";

/** What happens when a job is due while the previous one still runs: it is left out, runs as well, or replaces it. */
export type Overlap = "Forbid" | "Allow" | "Replace";

/** Properties of {@link CronJob}. */
export interface CronJobProps extends JobTemplateProps {
  /** Name of the cron job: a DNS subdomain of at most 52 characters. */
  readonly name: string;
  /** When jobs start: minute, hour, day, month and weekday, such as `0 3 * * 1-5`, or a word such as `@daily`. */
  readonly schedule: string;
  /** Time zone of the schedule, such as `Asia/Seoul`. @default "Etc/UTC" */
  readonly timeZone?: string;
  /** What happens when a job is due while the previous one still runs: `Forbid`, `Allow` or `Replace`. @default "Forbid" */
  readonly overlap?: Overlap;
  /** Delay up to which a job still starts, after the controller or the cluster was not available. @default - any */
  readonly startWithin?: Duration;
  /** Number of completed and of failed jobs that are kept. @default - three completed ones, one failed one */
  readonly history?: { readonly completed: number; readonly failed: number };
  /** Whether no jobs are started. @default false */
  readonly suspended?: boolean;
  /** Resources that are created before the cron job and destroyed after it. @default - its settings, secrets and claims */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a program that runs in a cluster at given times, such as a report every night.
 *
 * Creates a CronJob; jobs that run while it is changed complete as they were. Free of charge by itself; the requests of its pods
 * determine the number of nodes.
 *
 * Errors: KUB004, KUB007, KUB018, KUB023, KUB027, KUB028, KUB038 to KUB040, KUB042, KUB043, NAM001, NAM002.
 *
 * @example
 * new CronJob(this, "Report", {
 *   name: "report", schedule: "0 3 * * 1-5", timeZone: "Asia/Seoul", image: "registry.example.com/report:2.1.0", resources,
 * });
 */
export class CronJob extends Construct implements ITerraformDependable {
  /** Name of the cron job. */
  readonly cronJobName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Terraform address, for `dependsOn`. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: CronJobProps) {
    super(scope, id);
    const { name, namespace = "default", schedule, timeZone = "Etc/UTC", overlap = "Forbid" } = props;
    const { completed, failed } = props.history ?? { completed: 3, failed: 1 };
    checkJob(props, [...scheduleViolations(schedule, this), ...this.settingViolations(props)], this);
    this.cronJobName = claimName(name, OBJECT_NAMES.cronJob, namespace, this);
    this.namespace = namespace;
    props.secrets?.useAsEnvironment();
    const dependsOn = [...(props.dependsOn ?? []), ...dependenciesOf(props)];
    const labels = jobLabels(name);
    const resource = new CronJobV1(this, "Resource", {
      ...escaped({
        metadata: { name, namespace, labels },
        spec: {
          schedule,
          timezone: timeZone,
          concurrencyPolicy: overlap,
          successfulJobsHistoryLimit: completed,
          failedJobsHistoryLimit: failed,
          suspend: props.suspended ?? false,
          ...defined({ startingDeadlineSeconds: props.startWithin?.toSeconds() }),
          jobTemplate: { metadata: { labels }, spec: renderJob(props, this) },
        },
      }),
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }

  private settingViolations({ timeZone = "Etc/UTC", history, startWithin }: CronJobProps): Violation[] {
    const numbers = { ...history, "seconds of startWithin": startWithin?.toSeconds() ?? 0 };
    return [
      ...(/^[A-Za-z]+([-_+/][A-Za-z0-9]+)*$/.test(timeZone) && timeZone !== "Local"
        ? []
        : [KUB043.violation({ at: this, given: `time zone "${timeZone}"`, fix: "use a name such as Asia/Seoul" })]),
      ...Object.entries(numbers)
        .filter(([, value]) => !isWhole(value, 0))
        .map(([key, value]) =>
          KUB042.violation({ at: this, given: `${value} ${key}`, fix: "use a whole number of at least 0" }),
        ),
    ];
  }
}
