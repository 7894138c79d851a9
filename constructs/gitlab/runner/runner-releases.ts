import { GitLabVersion } from "../gitlab-version";
import type { Location } from "../../core/violation";
import { GLB016 } from "../rules";

/**
 * Newest published patch of the runner by minor version. Runner and server have different patch numbers: 17.11.7 is the last patch
 * of the server, 17.11.4 that of the runner. Sources: tags of gitlab-org/gitlab-runner, in the copies of endoflife.date (to 19.2)
 * and of the container registry (19.3 and 19.4). The review is described in docs/versions.md.
 */
const NEWEST_PATCH: ReadonlyMap<string, number> = new Map([
  ["17.0", 3],
  ["17.1", 2],
  ["17.2", 3],
  ["17.3", 3],
  ["17.4", 2],
  ["17.5", 5],
  ["17.6", 1],
  ["17.7", 1],
  ["17.8", 5],
  ["17.9", 3],
  ["17.10", 2],
  ["17.11", 4],
  ["18.0", 5],
  ["18.1", 3],
  ["18.2", 2],
  ["18.3", 1],
  ["18.4", 0],
  ["18.5", 0],
  ["18.6", 6],
  ["18.7", 2],
  ["18.8", 0],
  ["18.9", 0],
  ["18.10", 1],
  ["18.11", 4],
  ["19.0", 3],
  ["19.1", 2],
  ["19.2", 2],
  ["19.3", 1],
  ["19.4", 1],
]);

/** Oldest minor version that was still maintained at the review: newer patches of it and of later ones may exist. */
const MAINTAINED_FROM = GitLabVersion.of("19.4.0");

/** First version whose helper images have a package of their own. */
const HELPER_IMAGES_FROM = GitLabVersion.of("17.7.0");

/** The runner for a server: the newest published patch of its minor version. */
export function runnerFor(server: GitLabVersion, at?: Location): GitLabVersion {
  const patch = NEWEST_PATCH.get(server.line);
  if (patch === undefined)
    throw GLB016.violation({
      at,
      given: `no known runner for GitLab ${server.toString()}`,
      fix: `set version to a published runner of ${server.line}; known are those of ${[...NEWEST_PATCH.keys()].join(", ")}`,
    });
  return GitLabVersion.of(`${server.line}.${patch}`);
}

/** Rejects a version of the runner that was never published; returns it unchanged. */
export function publishedRunner(version: GitLabVersion, at?: Location): GitLabVersion {
  const patch = NEWEST_PATCH.get(version.line);
  if (patch === undefined || !version.isOlderThan(MAINTAINED_FROM)) return version;
  if (GitLabVersion.of(`${version.line}.${patch}`).isOlderThan(version))
    throw GLB016.violation({
      at,
      given: `runner ${version.toString()}, which was never published`,
      fix: `use ${version.line}.${patch}, or omit version`,
    });
  return version;
}

/** Packages of a version of the runner. Since 17.7.0 the helper images are a package, which must have the same version. */
export function runnerPackages(version: GitLabVersion): readonly string[] {
  const names = version.isOlderThan(HELPER_IMAGES_FROM)
    ? ["gitlab-runner"]
    : ["gitlab-runner", "gitlab-runner-helper-images"];
  return names.map((name) => `${name}=${version.toString()}-1`);
}
