import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { GLB016 } from "@groundwork/constructs/gitlab/rules";
import { publishedRunner, runnerFor, runnerPackages } from "@groundwork/constructs/gitlab/runner/runner-releases";

const runner = (server: string) => runnerFor(GitLabVersion.of(server)).toString();

describe("releases of the runner", () => {
  test.each([
    ["17.11.7", "17.11.4"],
    ["17.11.0", "17.11.4"],
    ["17.6.5", "17.6.1"],
    ["18.11.2", "18.11.4"],
    ["18.5.7", "18.5.0"],
    ["19.4.1", "19.4.1"],
    ["17.1.8", "17.1.2"],
  ])("GitLab %s has runner %s: the newest published patch of its minor version", (server, expected) => {
    expect(runner(server)).toBe(expected);
  });

  test.each(["16.11.10", "19.99.0", "20.0.0"])("rejects GitLab %s, whose runners are not in the table", (server) => {
    expect(() => runner(server)).toViolate(GLB016, /set version to a published runner.*17\.0.*19\.4/);
  });

  test.each(["17.11.7", "17.6.2", "18.4.1"])("rejects runner %s, which was never published", (version) => {
    expect(() => publishedRunner(GitLabVersion.of(version))).toViolate(GLB016, /never published/);
  });

  test.each(["17.11.4", "17.11.0", "19.4.9", "19.9.0", "16.11.3"])(
    "accepts runner %s: published, newer than the review, or not in the table",
    (version) => {
      expect(publishedRunner(GitLabVersion.of(version)).toString()).toBe(version);
    },
  );

  test.each([
    ["17.6.1", ["gitlab-runner=17.6.1-1"]],
    ["17.7.0", ["gitlab-runner=17.7.0-1", "gitlab-runner-helper-images=17.7.0-1"]],
    ["18.11.4", ["gitlab-runner=18.11.4-1", "gitlab-runner-helper-images=18.11.4-1"]],
  ])("runner %s has the packages %j", (version, packages) => {
    expect(runnerPackages(GitLabVersion.of(version))).toEqual(packages);
  });
});
