import { Duration } from "../../core/duration";
import { Size } from "../../core/size";
import { checkedParameterName } from "../machine/parameter";
import { Violations } from "../../core/violation";
import type { Pipeline } from "../pipeline/pipeline";
import { variableViolations } from "../pipeline/checks/variable-checks";
import { GLB010, GLB011, GLB012 } from "../rules";

/** Visibility level of a group or a project. */
export type Visibility = "private" | "internal" | "public";

/** Desired configuration of a server. */
export interface GitLabConfigurationProps {
  /** Path of the group. */
  readonly group: string;
  /** Path of the project in the group. */
  readonly project: string;
  /** Public repository to import, `https://<host>/<path>.git` without credentials. */
  readonly importUrl: string;
  /** Name of the SecureString that transfers the runner's token. It must not be a Terraform resource. */
  readonly runnerTokenParameter: string;
  /** Visibility of group and project. @default "private" */
  readonly visibility?: Visibility;
  /** Maximum artifact size of the project. @default - 500 MiB */
  readonly maxArtifactSize?: Size;
  /** Description of the runner in GitLab. @default "groundwork" */
  readonly runner?: string;
  /** CI/CD variables of the project; never secrets. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Pipeline that is committed if the project has none. @default - none */
  readonly pipeline?: Pipeline;
  /** Timeout of the import. @default - 1 hour; the timeout of GitLab is 3 hours */
  readonly importDeadline?: Duration;
}

/**
 * Defines the configuration of a server after its installation: import by URL enabled, sign-up disabled, a group, an imported
 * project with its artifact limit, and a runner. A value; `GitLabServer` applies it at the first boot.
 *
 * The machine creates an API token that expires after a day, calls its own API, and revokes the token. Each step reads the current
 * state first: a second run is idempotent, and an interrupted run can be completed. The runner's token is transferred in a
 * SecureString that Terraform never reads, because the state file would contain it in plain text. Therefore the parameter remains
 * after a destroy; delete it with `aws ssm delete-parameter`.
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
  /** A validated configuration. */
  static of(props: GitLabConfigurationProps): GitLabConfiguration {
    for (const path of [props.group, props.project])
      if (!/^[a-zA-Z0-9_][\w.-]{0,254}$/.test(path) || /\.(git|atom)$|[.-]$/.test(path))
        throw GLB012.violation({ given: `path "${path}"`, fix: "use letters, digits, dots, hyphens and underscores" });
    if (!/^https:\/\/[\w.-]+(:\d{1,5})?(\/[\w.~%+:@,=-]+)+\/?$/.test(props.importUrl))
      throw GLB011.violation({
        given: `importUrl of ${props.project}`,
        fix: "use https://<host>/<path>.git, without a user, a password or a query such as ?private_token=…",
      });
    Violations.throwIfAny(variableViolations("variables of the project", props.variables ?? {}));
    const limit = props.maxArtifactSize ?? Size.mebibytes(500);
    const artifactLimit = props.pipeline?.artifactLimit;
    if (artifactLimit !== undefined && artifactLimit.toMebibytes() > limit.toMebibytes())
      throw GLB010.violation({
        given: `a pipeline with artifacts up to ${artifactLimit.toString()}, a project with a limit of ${limit.toString()}`,
        fix: "raise maxArtifactSize, or lower the pipeline's artifactLimit",
      });
    return new GitLabConfiguration(props, limit);
  }

  /** Name of the SecureString with the runner's token. */
  readonly runnerTokenParameter: string;

  private constructor(
    private readonly props: GitLabConfigurationProps,
    private readonly maxArtifactSize: Size,
  ) {
    this.runnerTokenParameter = checkedParameterName(props.runnerTokenParameter);
  }

  /** The configuration file that the machine reads at its first boot. */
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
