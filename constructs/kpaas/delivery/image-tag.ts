/**
 * Defines the tags of a delivery's images. No tag is used twice, so that the tested image is the deployed one.
 *
 * @example ImageTag.ofCommit(); ImageTag.ofRun()
 */
export class ImageTag {
  /** The short id of the commit. */
  static ofCommit(): ImageTag {
    return new ImageTag("$CI_COMMIT_SHORT_SHA", "the short id of the commit");
  }

  /** The number of the pipeline within the project. */
  static ofRun(): ImageTag {
    return new ImageTag("$CI_PIPELINE_IID", "the number of the run");
  }

  private constructor(
    /** Expression in GitLab's syntax. */
    readonly expression: string,
    /** Text for the list of clicks. */
    readonly description: string,
  ) {}
}
