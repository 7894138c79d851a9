import { defined } from "../../core/defined";
import type { Duration } from "../../core/duration";
import type { Size } from "../../core/size";

/** Options of artifacts. */
export interface ArtifactOptions {
  /** Time until they expire. @default - the default of the GitLab instance, 30 days unless changed */
  readonly expireIn?: Duration;
  /** Packed size, compared with the limit of the project. Required for `node_modules`. @default - unknown, not checked */
  readonly size?: Size;
  /** Paths to exclude. @default - none */
  readonly exclude?: readonly string[];
  /** Outcome of the job for which they are stored. @default "on_success" */
  readonly when?: "on_success" | "on_failure" | "always";
  /** Path of a JUnit report, which GitLab shows in merge requests. @default - none */
  readonly junit?: string;
}

/**
 * Defines files that a job passes to later jobs of the same pipeline.
 *
 * @example Artifacts.of(["public/"], { expireIn: Duration.days(1) })
 */
export class Artifacts {
  /** Artifacts with these paths. */
  static of(paths: readonly [string, ...string[]], options: ArtifactOptions = {}): Artifacts {
    return new Artifacts(paths, options);
  }

  private constructor(
    /** Files and directories, from the project's directory. */
    readonly paths: readonly string[],
    private readonly options: ArtifactOptions,
  ) {}

  /** Packed size, if given. */
  get size(): Size | undefined {
    return this.options.size;
  }

  /** The `artifacts` keyword of GitLab CI. */
  render(): Readonly<Record<string, unknown>> {
    const { expireIn, exclude, when, junit } = this.options;
    return defined({
      paths: this.paths,
      exclude,
      when,
      expire_in: expireIn?.toString(),
      reports: junit === undefined ? undefined : { junit },
    });
  }
}
