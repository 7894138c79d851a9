import { type Build, type Definition, type Facts, stateOf } from "@groundwork/cli/images/image-state";

const COMMIT = "ca9e9d4566bdb757fa5dd31c402c15629962c364";
const DIGEST = `sha256:${"a".repeat(64)}`;

const definition: Definition = {
  repository: "demo",
  hash: "1",
  source: "https://github.com/joozero/amazon-eks-flask.git",
  revision: COMMIT,
  tag: "latest",
};

const build: Build = {
  id: "demo:1",
  number: 1,
  status: "succeeded",
  phase: "COMPLETED",
  startedAt: new Date("2026-01-01T00:00:00Z"),
  endedAt: new Date("2026-01-01T00:01:00Z"),
  hash: "1",
  digest: DIGEST,
  tag: "latest",
  commit: COMMIT,
  errors: [],
  log: undefined,
};

const facts: Facts = { definition, builds: [build], head: COMMIT, digestOf: () => DIGEST };

describe("the state of an image", () => {
  test("is current when the last successful build has made it from the same definition and commit", () => {
    expect(stateOf(facts)).toEqual({
      kind: "current",
      image: { digest: DIGEST, tag: "latest", commit: COMMIT, date: build.endedAt },
    });
    const failed = { ...build, id: "demo:2", number: 2, status: "failed" } as const;
    expect(stateOf({ ...facts, builds: [failed, build] })).toMatchObject({ kind: "current" });
  });

  test("is that of a running build, regardless of existing images", () => {
    const running = { ...build, status: "running" } as const;
    expect(stateOf({ ...facts, builds: [running, build] })).toEqual({ kind: "building", build: running });
  });

  test.each<[string, Partial<Facts>, string, RegExp]>([
    ["there is no image with the tag", { digestOf: () => undefined }, "missing", /no image :latest/],
    ["no build has made the image", { builds: [] }, "outdated", /no build of this project/],
    ["the definition changed", { definition: { ...definition, hash: "2" } }, "outdated", /definition has changed/],
    ["a branch has a newer commit", { head: "f".repeat(40) }, "outdated", /is now fffffff, the image is ca9e9d4/],
    ["another image was pushed", { digestOf: () => `sha256:${"b".repeat(64)}` }, "outdated", /another image/],
  ])("is not current when %s", (_reason, change, kind, reason) => {
    const state = stateOf({ ...facts, ...change });
    expect(state).toMatchObject({ kind, reason: expect.stringMatching(reason) as string });
  });

  test("looks for the tag of the commit when none is fixed, and for the last one when the commit is not known", () => {
    const asked: string[] = [];
    const digestOf = (tag: string) => {
      asked.push(tag);
      return DIGEST;
    };
    const untagged = { ...definition, tag: undefined };
    stateOf({ ...facts, definition: untagged, digestOf });
    stateOf({ ...facts, definition: untagged, head: undefined, digestOf });
    expect(asked).toEqual(["ca9e9d4566bd", "latest"]);
    expect(stateOf({ ...facts, definition: untagged, head: undefined, builds: [] })).toMatchObject({ kind: "missing" });
  });
});
