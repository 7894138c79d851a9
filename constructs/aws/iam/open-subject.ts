/** Issuer of GitHub Actions. Everyone can have a repository there, and an organization can change the form of its subjects. */
const GITHUB = "token.actions.githubusercontent.com";

/** Claims in subjects of GitHub Actions that name an owner: `repo:acme/shop`, `repository_owner:acme`. */
const GITHUB_OWNER =
  /(?:^|:)(?:repo|repository|repository_owner|repository_owner_id|repository_id|(?:job_)?workflow_ref):[^:/*?]+(?:[:/]|$)/;

/**
 * The first subject that identities of several owners have; undefined if each subject names its owner.
 *
 * Subjects begin with their owner: `repo:<owner>/<repository>:…` of GitHub, `project_path:<group>/<project>:…` of GitLab,
 * `organization:<name>:…`, `system:serviceaccount:<namespace>:<name>` of Kubernetes, or an identifier such as that of a repository.
 */
export function openSubject(subjects: readonly string[], issuer: string): string | undefined {
  return subjects.find((subject) => !namesOwner(subject, issuer));
}

function namesOwner(subject: string, issuer: string): boolean {
  // Parts that are known only at apply contain no wildcards of the caller.
  const text = subject.replace(/\$\{TfToken\[[^\]]*\]\}/g, "token");
  if (!/[^\s:/*?]/.test(text)) return false;
  if (issuer === GITHUB && !GITHUB_OWNER.test(text)) return false;
  if (!/[*?]/.test(text)) return true;
  return !ownerOf(text).some((part) => part === "" || /[*?]/.test(part));
}

/** The parts of a subject up to its owner: the name of a claim and its value, or an identifier. */
function ownerOf(subject: string): readonly string[] {
  const parts = subject.split(/[:/]/);
  if (parts.length === 1) return subject.split(/[*?]/).slice(0, 1);
  if (subject.startsWith("system:serviceaccount:")) return parts.slice(0, 3);
  return parts.slice(0, /^[a-z_-]*$/i.test(parts[0] ?? "") ? 2 : 1);
}
