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

/** Keys whose texts the decoder accepts in any form, and why. A new key needs a check in its decoder. */
const FREE: Readonly<Record<string, string>> = {
  "gitlab.configuration.pipeline.build": "a command by definition",
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
    // An empty text, and one of letters, digits, spaces and dots, can be valid.
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

  test.each([
    [["gitlab", "server", "instanceType"], "m7g.large"],
    [["gitlab", "runner", "instanceType"], "u-3tb1.56xlarge"],
    [["gitlab", "runner", "nodeVersion"], "22.12.0"],
    [["nhn", "platform", "keyPair", "name"], "Lab-1"],
    [["nhn", "platform", "image"], "Ubuntu Server 22.04.3 LTS (2024.02.20)"],
    [["nhn", "platform", "image"], "회사 이미지 22.04"],
    [["nhn", "platform", "flavor"], "m2.c4m8"],
    [["nhn", "platform", "zone"], "kr-pub-b"],
    [["nhn", "platform", "rootDisk", "type"], "__DEFAULT__"],
    [["nhn", "platform", "nfsDisk", "type"], "General HDD"],
    [["nhn", "platform", "controlPlane", "sampleWorkload", "name"], "web-1"],
  ])("accept %j as %s", (place, text) => {
    expect(() => readEnvironment("lab.ts", withText(lab as never, place, text))).not.toThrow();
  });
});
