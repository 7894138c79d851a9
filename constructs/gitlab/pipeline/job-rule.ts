import { defined } from "../../core/defined";

/** The `when` keyword of a rule. */
type Start = "on_success" | "manual" | "always" | "never";

/**
 * Defines when a job is part of a pipeline. The first rule that matches decides; if none matches, the job is not included.
 *
 * @example [JobRule.onDefaultBranch()]; [JobRule.ifChanged("docs/**").manually(), JobRule.onMergeRequest()]
 */
export class JobRule {
  /** On the default branch of the project. */
  static onDefaultBranch(): JobRule {
    return JobRule.if("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH");
  }

  /** In the pipeline of a merge request. */
  static onMergeRequest(): JobRule {
    return JobRule.if('$CI_PIPELINE_SOURCE == "merge_request_event"');
  }

  /** On a tag. */
  static onTag(): JobRule {
    return JobRule.if("$CI_COMMIT_TAG");
  }

  /** When a GitLab CI expression is true. */
  static if(expression: string): JobRule {
    return new JobRule({ if: expression }, "on_success");
  }

  /** When one of the paths changed; patterns are allowed. */
  static ifChanged(...paths: readonly [string, ...string[]]): JobRule {
    return new JobRule({ changes: paths }, "on_success");
  }

  /** When one of the paths exists; patterns are allowed. */
  static ifExists(...paths: readonly [string, ...string[]]): JobRule {
    return new JobRule({ exists: paths }, "on_success");
  }

  /** In every other case; must be the last rule. */
  static otherwise(): JobRule {
    return new JobRule({}, "on_success");
  }

  private constructor(
    private readonly condition: Readonly<Record<string, unknown>>,
    private readonly start: Start,
  ) {}

  /** The same rule with a manual start of the job. */
  manually(): JobRule {
    return new JobRule(this.condition, "manual");
  }

  /** The same rule; the job runs even if an earlier job failed. */
  always(): JobRule {
    return new JobRule(this.condition, "always");
  }

  /** The same rule; the job is excluded. */
  never(): JobRule {
    return new JobRule(this.condition, "never");
  }

  /** An element of the `rules` keyword of GitLab CI. */
  render(): Readonly<Record<string, unknown>> {
    return { ...this.condition, ...defined({ when: this.start === "on_success" ? undefined : this.start }) };
  }
}
