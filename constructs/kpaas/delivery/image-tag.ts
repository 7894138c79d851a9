/**
 * Defines by which rule the images of a delivery are tagged: one that never gives a tag twice, so that what was tested is what runs.
 *
 * @example ImageTag.ofCommit(); ImageTag.ofRun()
 */
export class ImageTag {
  /** The short id of the commit. */
  static ofCommit(): ImageTag {
    return new ImageTag("$CI_COMMIT_SHORT_SHA", "the short id of the commit");
  }

  /** The number of the run, counted by the project. */
  static ofRun(): ImageTag {
    return new ImageTag("$CI_PIPELINE_IID", "the number of the run");
  }

  private constructor(
    /** As GitLab writes it out. */
    readonly expression: string,
    /** For people. */
    readonly words: string,
  ) {}
}
