import { Size } from "../../core/size";
import type { Job } from "./job";
import { checkPipeline } from "./checks/pipeline-checks";
import { renderPipeline } from "./render-pipeline";

/** What a pipeline is made of. */
export interface PipelineProps {
  /** What it is for, as a comment at the top of the file. @default - none */
  readonly description?: string;
  /** Stages in order. */
  readonly stages: readonly [string, ...string[]];
  readonly jobs: readonly [Job, ...Job[]];
  /** Variables of every job; never secrets. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Largest artifact that the project takes. @default - 100 MiB, GitLab's own default */
  readonly artifactLimit?: Size;
}

/**
 * Defines what GitLab does at a push: a `.gitlab-ci.yml` as checked data. A value.
 *
 * Refuses what GitLab would refuse, and what it would do to nobody's good: cycles, unknown needs, needs on later stages, more
 * than 50 of them, deployments without a guard or out of turn, artifacts above the project's limit. All that is wrong is
 * reported at once.
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
  static of(props: PipelineProps): Pipeline {
    const pipeline = new Pipeline(props);
    checkPipeline(pipeline);
    return pipeline;
  }

  readonly description: string | undefined;
  readonly stages: readonly string[];
  readonly jobs: readonly Job[];
  readonly variables: Readonly<Record<string, string>>;
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

  /** The graph as lines such as `build_car_1 → test_car_1`; a job that starts at once stands alone. */
  get edges(): readonly string[] {
    return this.jobs.flatMap(({ name, needs }) =>
      needs === undefined || needs.length === 0 ? [name] : needs.map((need) => `${need.job} → ${name}`),
    );
  }
}
