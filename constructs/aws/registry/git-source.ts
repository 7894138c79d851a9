import { detectSecret } from "../../boot/detect-secret";
import { isToken } from "../../core/token";
import { REG003 } from "./rules";

/** A host name, an optional port, and a path, without user, query and fragment. */
const URL = /^https:\/\/[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?(\/[\w.~-]+)+\/?$/;

/** The names of branches and tags that Git accepts and that no program reads as an option or an expression. */
const REVISION = /^(?![-./@])(?!.*(\.\.|\/\/|\/\.|@\{|\.lock$|[./]$))[\w./+@-]{1,200}$/;

/**
 * Defines the source code of an image: a revision of a public Git repository.
 *
 * A complete commit hash always means the same code; a branch means its newest commit at the time of the build.
 *
 * @example GitSource.of("https://github.com/joozero/amazon-eks-flask.git", "ca9e9d4566bdb757fa5dd31c402c15629962c364")
 */
export class GitSource {
  /** A repository by its HTTPS address, and a branch, a tag or a complete commit hash. */
  static of(url: string, revision: string): GitSource {
    return new GitSource(url, revision);
  }

  private constructor(
    /** HTTPS address of the repository. */
    readonly url: string,
    /** Branch, tag or commit hash. */
    readonly revision: string,
  ) {
    if (!isToken(url) && (!URL.test(url) || detectSecret(url) !== undefined))
      throw REG003.violation({
        given: `source "${url.replace(/\/\/[^/]*@/, "//…@")}"`,
        fix: "use the HTTPS address of a public repository, for example https://github.com/joozero/amazon-eks-flask.git",
      });
    if (!isToken(revision) && !REVISION.test(revision))
      throw REG003.violation({
        given: `revision "${revision}"`,
        fix: "use a complete commit hash (git rev-parse HEAD), a tag or a branch",
      });
  }

  /** Whether the revision is a commit hash, which never means other code. */
  get isPinned(): boolean {
    return /^[0-9a-f]{40}$/.test(this.revision);
  }
}
