import type { Duration } from "../../core/duration";
import type { Size } from "../../core/size";

/** What artifacts can say beyond their paths. */
export interface ArtifactOptions {
  /** How long they are kept. @default - as long as the instance says, 30 days unless changed */
  readonly expireIn?: Duration;
  /** How large they are when packed, to be held against the project's limit. @default - not said: only small ones may be silent */
  readonly size?: Size;
  /** Paths among them that are left out. @default - none */
  readonly exclude?: readonly string[];
  /** After which outcome of the job they are kept. @default - after success */
  readonly when?: "on_success" | "on_failure" | "always";
  /** Where JUnit's results are, which GitLab shows in merge requests. @default - there are none */
  readonly junit?: string;
}

/**
 * Defines what a job hands to later jobs of the same pipeline.
 *
 * @example Artifacts.of(["public/"], { expireIn: Duration.days(1) })
 */
export class Artifacts {
  static of(paths: readonly [string, ...string[]], options: ArtifactOptions = {}): Artifacts {
    return new Artifacts(paths, options);
  }

  private constructor(
    readonly paths: readonly string[],
    private readonly options: ArtifactOptions,
  ) {}

  /** How large they are when packed, where it was said. */
  get size(): Size | undefined {
    return this.options.size;
  }

  /** As GitLab reads it. */
  render(): Readonly<Record<string, unknown>> {
    const { expireIn, exclude, when, junit } = this.options;
    return {
      paths: this.paths,
      ...(exclude === undefined ? {} : { exclude }),
      ...(when === undefined ? {} : { when }),
      ...(expireIn === undefined ? {} : { expire_in: expireIn.toString() }),
      ...(junit === undefined ? {} : { reports: { junit } }),
    };
  }
}
