// @ts-check
// Whether the changelog describes the latest change of the public API.
import { spawnSync } from "node:child_process";

/** Files in which a change is described. */
const ENTRIES = ["CHANGELOG.md", ".changeset/*.md"];

/**
 * The reports that changed after the last change of the changelog, as a message; empty without such a change.
 *
 * A change and its entry may be in one commit, in several commits, or not committed yet. Without git (in an archive of the sources)
 * there is nothing to compare.
 *
 * @param {string} root
 * @param {string} directory - of the reports
 * @returns {readonly string[]}
 */
export function missingEntry(root, directory) {
  const git = (/** @type {string[]} */ ...args) => {
    const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
    return status === 0 ? stdout.split("\n").filter((line) => line !== "") : [];
  };
  if (git("status", "--porcelain", "--untracked-files=all", "--", ...ENTRIES).length > 0) return [];
  const [last] = git("log", "-1", "--format=%H", "--", ...ENTRIES);
  if (last === undefined) return [];
  const changed = [
    ...git("diff", "--name-only", last, "--", directory),
    ...git("ls-files", "--others", "--exclude-standard", "--", directory),
  ];
  return changed.length === 0
    ? []
    : [
        `the public API changed after the last entry of the changelog (commit ${last.slice(0, 7)}): ${changed.join(", ")}; ` +
          "describe the change in CHANGELOG.md or with npx changeset",
      ];
}
