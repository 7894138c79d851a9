import { run } from "@groundwork/tooling/process/run";
import { isCommit } from "./image-state";

/**
 * The commit that a revision of a public repository means now. A complete hash is its own commit; a branch or a tag is looked up with Git.
 *
 * @example await sourceHead("https://github.com/joozero/amazon-eks-flask.git", "master", signal)
 */
export async function sourceHead(url: string, revision: string, abort: AbortSignal): Promise<string> {
  if (isCommit(revision)) return revision;
  const lines: string[] = [];
  const names = [`refs/heads/${revision}`, `refs/tags/${revision}`, `refs/tags/${revision}^{}`];
  await run({
    command: "git",
    args: ["ls-remote", "--", url, ...names],
    // Git must fail for a private repository, not ask for a password.
    env: { ...process.env, GIT_TERMINAL_PROMPT: "0" },
    onLine: (line) => lines.push(line),
    abort,
  });
  const found = new Map(lines.map((line) => line.split("\t")).map(([commit = "", name = ""]) => [name, commit]));
  // The last name is the commit behind an annotated tag.
  const commit = [...names]
    .reverse()
    .map((name) => found.get(name))
    .find((one) => one !== undefined);
  if (commit === undefined)
    throw new Error(`${url} has no branch and no tag ${revision}; correct the revision of the image's source`);
  return commit;
}
