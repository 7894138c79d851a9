import { defined } from "../../core/defined";
import type { Duration } from "../../core/duration";
import type { Artifacts } from "./artifacts";
import type { Cache } from "./cache";
import type { Deployment } from "./deployment";
import { Guard } from "./guard";
import type { JobRule } from "./job-rule";
import { Need } from "./need";

/** Keywords of a job. */
export interface JobProps {
  /** Stage of the job. Without needs it waits for all jobs of earlier stages. */
  readonly stage: string;
  /** Commands in order; the job fails at the first command that fails. */
  readonly script: readonly (string | Guard)[];
  /** Jobs to wait for, independent of stages; with an empty list the job starts immediately. @default - all jobs of earlier stages */
  readonly needs?: readonly (string | Need)[];
  /** Rules that include it in a pipeline. @default - always included */
  readonly rules?: readonly JobRule[];
  /** Caches for later pipelines. @default - none */
  readonly caches?: readonly Cache[];
  /** Artifacts for later jobs. @default - none */
  readonly artifacts?: Artifacts;
  /** Environment that it deploys to. @default - none */
  readonly deployment?: Deployment;
  /** Variables of the job, in addition to those of the pipeline. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether a newer pipeline of the branch may cancel it. @default - true unless it deploys */
  readonly interruptible?: boolean;
  /** Number of retries after a failure, 0 to 2. @default - 0 */
  readonly retry?: number;
  /** Number of copies, 1 to 200. @default - 1 */
  readonly parallel?: number;
  /** Timeout of the job. @default - the timeout of the project, 1 hour unless changed */
  readonly timeout?: Duration;
}

/**
 * Defines one job of a pipeline. A value; {@link Pipeline.of} validates it together with the other jobs.
 *
 * @example Job.of("test", { stage: "test", needs: ["build"], script: ["npm test"] })
 */
export class Job {
  /** A job with this name. */
  static of(name: string, props: JobProps): Job {
    return new Job(name, props);
  }

  /** Jobs that must finish first. */
  readonly needs: readonly Need[] | undefined;

  private constructor(
    /** Name of the job. */
    readonly name: string,

    /** Settings of the job. */
    readonly props: JobProps,
  ) {
    this.needs = props.needs?.map((need) => (typeof need === "string" ? Need.on(need) : need));
  }

  /** Shell commands of the script. */
  get commands(): readonly string[] {
    return this.props.script.map((line) => (Guard.isGuard(line) ? line.command : line));
  }

  /** Whether a newer pipeline may cancel it; by default deployments run to completion. */
  get interruptible(): boolean {
    return this.props.interruptible ?? this.props.deployment === undefined;
  }

  /** The job as GitLab CI keywords, in the order stage, conditions, environment, script, artifacts. */
  render(): Readonly<Record<string, unknown>> {
    const { stage, rules, deployment, variables, retry, parallel, timeout, caches = [], artifacts } = this.props;
    const cache = caches.length === 1 ? caches[0]?.render() : caches.map((entry) => entry.render());
    return defined({
      stage,
      needs: this.needs?.map((need) => need.render()),
      rules: rules?.map((rule) => rule.render()),
      ...deployment?.render(),
      interruptible: this.interruptible,
      retry,
      parallel,
      timeout: timeout?.toString(),
      variables,
      cache: caches.length === 0 ? undefined : cache,
      script: this.commands,
      artifacts: artifacts?.render(),
    });
  }
}
