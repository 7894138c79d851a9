import { filesBelow, textOf } from "../support/repository";

/**
 * Words that this repository avoids, and the standard term for each. A reader searches for the terms of the Terraform, Kubernetes
 * and AWS documentation; `docs/glossary.md` lists those that we use.
 */
const AVOIDED: Readonly<Record<string, string>> = {
  "stand|stands|stood|standing": "run, exist, be deployed",
  "say|says|said|saying": "print, report, state, specify",
  "tell|tells|told|telling": "report, configure, distinguish",
  "speak|speaks|spoke|spoken": "use (a protocol), communicate",
  "answer|answers|answered|answering": "return, respond, response",
  "leads|led": "point to, resolve to, result in",
  "whoever|whatever|whichever": "the user, the caller, any",
  "somebody|anybody|everybody|nobody": "the user, anyone, no one",
  "room|rooms": "directory, range, capacity",
  "refuse|refuses|refusal|refusals": "reject, rejects, error",
  "mend|mends|mended|mending": "fix, correct, repair",
  "wish|wishes|wished": "request, requested",
  "wants|wanted": "requires, expected, requested",
  "beside|besides": "next to, in addition to",
  anew: "again, recreated",
  "roster|stray|strays|whereabouts|sight|sights": "dependencies, leftovers, location, status",
};

/** Text that is not ours to change, or that would replace a deployed resource. Every entry must still be needed. */
const EXCEPTIONS: readonly { readonly path: string; readonly words: readonly string[]; readonly reason: string }[] = [
  { path: "docs/glossary.md", words: ["*"], reason: "lists the words to avoid" },
  { path: "test/architecture/plain-english.test.ts", words: ["*"], reason: "the list itself" },
  { path: "CHANGELOG.md", words: ["room", "rooms", "roster"], reason: "the earlier names of renamed members" },
  { path: "constructs/boot/parts/units.ts", words: ["wants", "wanted"], reason: "directives of systemd" },
  { path: "test/constructs/boot/cloud-init.test.ts", words: ["wanted"], reason: "a directive of systemd" },
  { path: "constructs/nhn/acl/acl-plan.ts", words: ["answers"], reason: "a description that replaces ACL rules" },
];

const DIRECTORIES = [
  ...["constructs", "stacks", "cli", "local", "tooling", "test", "scripts", "examples", "bench", "docs", "pipelines"],
];
const ENDINGS = [".ts", ".mjs", ".js", ".py", ".sh", ".md", ".yml"];

const files = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "eslint.config.mjs", "jest.config.js", ".ci/run"],
  ...DIRECTORIES.flatMap((directory) => ENDINGS.flatMap((ending) => filesBelow(directory, ending))),
];

const replacements = new Map(
  Object.entries(AVOIDED).flatMap(([words, use]) => words.split("|").map((word) => [word, use])),
);

/** Words of a text in lower case, identifiers split at their capitals. "Stand-in" is an accepted term. */
function wordsOf(text: string): ReadonlySet<string> {
  const plain = text.replace(/\bstand-?ins?(?![a-z])|standIn/gi, " ").replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return new Set((plain.match(/[A-Za-z]+/g) ?? []).map((word) => word.toLowerCase()));
}

function exceptionFor(path: string, word: string): boolean {
  return EXCEPTIONS.some((entry) => entry.path === path && (entry.words.includes("*") || entry.words.includes(word)));
}

describe("plain English", () => {
  test.each(files)("%s uses standard terms", (path) => {
    const found = [...wordsOf(textOf(path))].filter((word) => replacements.has(word) && !exceptionFor(path, word));
    expect(found.map((word) => `${word}: use ${replacements.get(word) ?? ""}`)).toEqual([]);
  });

  test("every exception is still needed", () => {
    const idle = EXCEPTIONS.filter(
      ({ path, words }) =>
        !files.includes(path) || (!words.includes("*") && !words.every((word) => wordsOf(textOf(path)).has(word))),
    );
    expect(idle).toEqual([]);
  });
});
