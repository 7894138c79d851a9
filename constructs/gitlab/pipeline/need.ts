import { defined } from "../../core/defined";

/**
 * Defines that a job starts after the success of another job, independent of their stages.
 *
 * @example Need.on("build"); Need.on("lint").optional().withoutArtifacts()
 */
export class Need {
  /** Needs a job and downloads its artifacts. */
  static on(job: string): Need {
    return new Need(job, true, false);
  }

  private constructor(
    /** Name of the needed job. */
    readonly job: string,

    /** Whether the job downloads the artifacts of the other. */
    readonly artifacts: boolean,

    /** Whether the other job may be missing from the pipeline. */
    readonly isOptional: boolean,
  ) {}

  /** The same need without downloading artifacts. */
  withoutArtifacts(): Need {
    return new Need(this.job, false, this.isOptional);
  }

  /** The same need for a job that its rules may exclude from the pipeline. */
  optional(): Need {
    return new Need(this.job, this.artifacts, true);
  }

  /** An element of the `needs` keyword of GitLab CI: only the name if nothing else is set. */
  render(): unknown {
    if (this.artifacts && !this.isOptional) return this.job;
    return defined({
      job: this.job,
      artifacts: this.artifacts ? undefined : false,
      optional: this.isOptional ? true : undefined,
    });
  }
}
