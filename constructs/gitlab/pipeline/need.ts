/**
 * Defines that a job starts when another has ended well, whatever their stages.
 *
 * @example Need.on("build"); Need.on("lint").optional().withoutArtifacts()
 */
export class Need {
  /** Needs a job, and takes its artifacts. */
  static on(job: string): Need {
    return new Need(job, true, false);
  }

  private constructor(
    /** Name of the needed job. */
    readonly job: string,
    readonly artifacts: boolean,
    readonly isOptional: boolean,
  ) {}

  /** The same, without loading what the job left behind. */
  withoutArtifacts(): Need {
    return new Need(this.job, false, this.isOptional);
  }

  /** The same, where the job's rules may have left it out of the pipeline. */
  optional(): Need {
    return new Need(this.job, this.artifacts, true);
  }

  /** As GitLab reads it: the name alone where nothing else is to be said. */
  render(): unknown {
    if (this.artifacts && !this.isOptional) return this.job;
    return {
      job: this.job,
      ...(this.artifacts ? {} : { artifacts: false }),
      ...(this.isOptional ? { optional: true } : {}),
    };
  }
}
