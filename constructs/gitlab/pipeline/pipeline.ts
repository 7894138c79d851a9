import { Size } from "../../core/size";
import type { Job } from "./job";
import { checkPipeline } from "./checks/pipeline-checks";
import { renderPipeline } from "./render-pipeline";

/** Contents of a pipeline. */
export interface PipelineProps {
  /** Comment at the top of the file. @default - none */
  readonly description?: string;
  /** Stages in order. */
  readonly stages: readonly [string, ...string[]];
  /** Jobs of the pipeline. */
  readonly jobs: readonly [Job, ...Job[]];
  /** Variables of every job; never secrets. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Maximum artifact size of the project. @default - 100 MiB, the default of GitLab */
  readonly artifactLimit?: Size;
}

/**
 * Defines a GitLab pipeline: a `.gitlab-ci.yml` as validated data. A value.
 *
 * Rejects errors that GitLab would reject, and configurations that fail at run time: cycles, unknown needs, needs on later stages,
 * more than 50 needs, deployments without a guard or without a resource group, artifacts above the project's limit. All violations
 * are reported at once.
 *
 * @example
 * Pipeline.of({
 *   stages: ["build", "test"],
 *   jobs: [
 *     Job.of("build", { stage: "build", script: ["npm ci"] }),
 *     Job.of("test", { stage: "test", needs: ["build"], script: ["npm test"] }),
 *   ],
 * }).render();
 */
export class Pipeline {
  /** A validated pipeline. */
  static of(props: PipelineProps): Pipeline {
    const pipeline = new Pipeline(props);
    checkPipeline(pipeline);
    return pipeline;
  }

  /** Text at the beginning of the file; undefined for none. */
  readonly description: string | undefined;
  /** Stages in their order. */
  readonly stages: readonly string[];
  /** Jobs in the order of their declaration. */
  readonly jobs: readonly Job[];
  /** Variables of all jobs. */
  readonly variables: Readonly<Record<string, string>>;
  /** Largest size of an artifact archive. */
  readonly artifactLimit: Size;

  private constructor(props: PipelineProps) {
    this.description = props.description;
    this.stages = props.stages;
    this.jobs = props.jobs;
    this.variables = props.variables ?? {};
    this.artifactLimit = props.artifactLimit ?? Size.mebibytes(100);
  }

  /** The text of the `.gitlab-ci.yml`. */
  render(): string {
    return renderPipeline(this);
  }

  /** The job graph as lines such as `build → test`; a job without needs is a line of its own. */
  get edges(): readonly string[] {
    return this.jobs.flatMap(({ name, needs }) =>
      needs === undefined || needs.length === 0 ? [name] : needs.map((need) => `${need.job} → ${name}`),
    );
  }
}
