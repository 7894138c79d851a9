/** How a job that a rule lets in begins. */
type Start = "on_success" | "manual" | "always" | "never";

/**
 * Defines when a job is part of a pipeline. Of a job's rules the first that holds decides; when none does, the job is not there.
 *
 * @example [JobRule.onDefaultBranch()]; [JobRule.ifChanged("docs/**").manually(), JobRule.onMergeRequest()]
 */
export class JobRule {
  /** On the branch that the project calls its own. */
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

  /** When an expression of GitLab's holds. */
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

  /** In every other case. Stands last. */
  static otherwise(): JobRule {
    return new JobRule({}, "on_success");
  }

  private constructor(
    private readonly condition: Readonly<Record<string, unknown>>,
    private readonly start: Start,
  ) {}

  /** The same, and a person starts the job. */
  manually(): JobRule {
    return new JobRule(this.condition, "manual");
  }

  /** The same, and the job runs even when an earlier one failed. */
  always(): JobRule {
    return new JobRule(this.condition, "always");
  }

  /** The same, and the job stays out. */
  never(): JobRule {
    return new JobRule(this.condition, "never");
  }

  /** As GitLab reads it. */
  render(): Readonly<Record<string, unknown>> {
    return { ...this.condition, ...(this.start === "on_success" ? {} : { when: this.start }) };
  }
}
