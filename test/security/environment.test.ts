import { Violation, Violations } from "@groundwork/constructs/core/violation";
import { nodeRelease } from "@groundwork/constructs/gitlab/runner/node-release";
import { Workload } from "@groundwork/constructs/kpaas/workload/workload";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { lab } from "@groundwork/stacks/environments/lab";
import { type Input, type Place, placesOf, withText } from "../support/generators";
import { HOSTILE } from "../support/hostile";

/** The sections of an environment whose values become first boots and pipelines. */
const SECTIONS: readonly Place[] = [
  ["gitlab", "server"],
  ["gitlab", "configuration"],
  ["gitlab", "runner"],
  ["nhn", "platform"],
];

/**
 * Keys whose texts the decoder accepts in any form, and why no generated text changes.
 *
 * A new key needs a check in its decoder, or an entry here with a reason.
 */
const FREE: Readonly<Record<string, string>> = {
  "gitlab.server.instanceType": "an argument of a resource",
  "gitlab.configuration.pipeline.build": "a command by definition",
  "gitlab.runner.instanceType": "an argument of a resource",
  "gitlab.runner.nodeVersion": "rejected by GitLabRunner",
  "gitlab.runner.tier": "the name of a tier of the same file",
  "nhn.platform.keyPair.name": "an argument of a resource",
  "nhn.platform.image": "an argument of a query",
  "nhn.platform.flavor": "an argument of a query",
  "nhn.platform.zone": "an argument of a resource",
  "nhn.platform.rootDisk.type": "an argument of a resource",
  "nhn.platform.nfsDisk.type": "an argument of a resource",
  "nhn.platform.controlPlane.sampleWorkload.name": "rejected by Workload",
};

const cases = SECTIONS.flatMap((section) => {
  const data = section.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], lab);
  return placesOf(data as Input).map((place) => ({
    place: [...section, ...place],
    path: [...section, ...place].join("."),
  }));
});

describe("environment files", () => {
  test("have text keys in every section", () => {
    expect(cases.length).toBeGreaterThan(25);
  });

  test.each(cases.filter(({ path }) => !Object.hasOwn(FREE, path)))("reject hostile values of $path", ({ place }) => {
    // An empty text, and one without special characters, can be valid.
    const texts = HOSTILE.filter((text) => /[^\p{L}\p{N} 🙂.]/u.test(text));
    const accepted = texts.filter((text) => {
      try {
        readEnvironment("lab.ts", withText(lab as never, place, text));
        return true;
      } catch {
        return false;
      }
    });
    expect(accepted).toEqual([]);
  });

  test.each(HOSTILE)("reject %j as a version of Node and the name of the sample workload", (text) => {
    const isRejected = (create: () => unknown): boolean => {
      try {
        create();
        return false;
      } catch (error) {
        return error instanceof Violation || error instanceof Violations;
      }
    };
    expect(isRejected(() => nodeRelease(text, undefined, "x"))).toBe(true);
    expect(isRejected(() => Workload.of({ name: text }))).toBe(true);
  });
});
