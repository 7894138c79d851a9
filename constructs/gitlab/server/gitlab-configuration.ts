import { Duration } from "../../core/duration";
import { Size } from "../../core/size";
import { checkedParameterName } from "../machine/parameter";
import { Violations } from "../../core/violation";
import type { Pipeline } from "../pipeline/pipeline";
import { variableViolations } from "../pipeline/checks/variable-checks";
import { GLB010, GLB011, GLB012 } from "../rules";

/** Who sees a group or a project. */
export type Visibility = "private" | "internal" | "public";

/** What a server is configured to. */
export interface GitLabConfigurationProps {
  /** Path of the group. */
  readonly group: string;
  /** Path of the project in the group. */
  readonly project: string;
  /** Public repository that the project is imported from. */
  readonly importUrl: string;
  /** Name of the SecureString through which the runner's token is handed over. It must not be a resource of Terraform's. */
  readonly runnerTokenParameter: string;
  /** Who sees both. @default "private" */
  readonly visibility?: Visibility;
  /** Largest artifact the project takes. @default - 500 MiB */
  readonly maxArtifactSize?: Size;
  /** Name by which the runner is known. @default "groundwork" */
  readonly runner?: string;
  /** Variables of the project's pipelines; never secrets. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Pipeline that is committed when the project has none. @default - none is committed */
  readonly pipeline?: Pipeline;
  /** How long the import may take. @default - an hour; GitLab itself gives up after three */
  readonly importDeadline?: Duration;
}

/**
 * Defines what a server has beyond its installation: import by URL, a group, a project imported into it, how large its artifacts
 * may be, a runner, and that strangers cannot sign up. A value; `GitLabServer` carries it out at the first boot.
 *
 * The machine makes itself a token that ends after a day, asks its own API, and revokes the token. Each step looks first, so a
 * second run changes nothing and a half-done one is finished. The runner's token goes through a SecureString that Terraform never
 * reads: in state it would lie in the clear. So it outlives a destroy; `aws ssm delete-parameter` takes it away.
 *
 * @example
 * GitLabConfiguration.of({
 *   group: "lab",
 *   project: "gatsby-starter-default",
 *   importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git",
 *   runnerTokenParameter: "/lab/gitlab/runner-token",
 * });
 */
export class GitLabConfiguration {
  static of(props: GitLabConfigurationProps): GitLabConfiguration {
    for (const path of [props.group, props.project])
      if (!/^[a-zA-Z0-9_][\w.-]{0,254}$/.test(path) || /\.(git|atom)$|[.-]$/.test(path))
        throw GLB012.violation({ given: `path "${path}"`, fix: "use letters, digits, dots, hyphens and underscores" });
    if (!/^https:\/\/[^/@\s]+\/\S+$/.test(props.importUrl))
      throw GLB011.violation({
        given: `importUrl of ${props.project}`,
        fix: "write https://<host>/<path>.git, without a user or a password",
      });
    Violations.throwIfAny(variableViolations("variables of the project", props.variables ?? {}));
    const limit = props.maxArtifactSize ?? Size.mebibytes(500);
    const kept = props.pipeline?.artifactLimit;
    if (kept !== undefined && kept.toMebibytes() > limit.toMebibytes())
      throw GLB010.violation({
        given: `a pipeline with artifacts up to ${kept.toString()}, a project that takes ${limit.toString()}`,
        fix: "raise maxArtifactSize, or lower the pipeline's artifactLimit",
      });
    return new GitLabConfiguration(props, limit);
  }

  readonly runnerTokenParameter: string;

  private constructor(
    private readonly props: GitLabConfigurationProps,
    private readonly maxArtifactSize: Size,
  ) {
    this.runnerTokenParameter = checkedParameterName(props.runnerTokenParameter);
  }

  /** What the machine reads at its first boot. */
  render(): string {
    const { group, project, importUrl, visibility = "private", variables = {}, pipeline } = this.props;
    return `${JSON.stringify(
      {
        settings: { import_sources: ["git"], signup_enabled: false },
        group: { name: group, path: group, visibility },
        project: {
          path: project,
          importUrl,
          visibility,
          maxArtifactsSize: this.maxArtifactSize.toMebibytes(),
          importDeadlineSeconds: (this.props.importDeadline ?? Duration.hours(1)).toSeconds(),
        },
        variables,
        runner: { description: this.props.runner ?? "groundwork", tokenParameter: this.runnerTokenParameter },
        pipeline: pipeline?.render() ?? null,
      },
      undefined,
      1,
    )}\n`;
  }
}
