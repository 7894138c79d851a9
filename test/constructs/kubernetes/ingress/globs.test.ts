import { covers } from "@groundwork/constructs/kubernetes/ingress/globs";
import fc from "fast-check";

/** The pattern as a regular expression. */
function matcher(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/** All texts of the letters up to a length. */
function texts(letters: string, length: number): string[] {
  let found = [""];
  let last = found;
  for (let size = 1; size <= length; size += 1) {
    last = last.flatMap((text) => [...letters].map((letter) => text + letter));
    found = [...found, ...last];
  }
  return found;
}

describe("patterns", () => {
  test.each([
    [["/*"], "/a", true],
    [["/a", "/a/*"], "/a", true],
    [["/a", "/a/*"], "/a*", false],
    [["/a*"], "/a?", true],
    [["?", "??"], "*", false],
    [["", "?*"], "*", true],
    [["*a*"], "*aa*", true],
    [["*aa*"], "*a*", false],
    [[], "a", false],
  ])("%j cover %j: %p", (patterns, pattern, expected) => {
    expect(covers(patterns, pattern)).toBe(expected);
  });

  test("cover another pattern exactly when they match all of its texts", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
    // A text that distinguishes two patterns of this length is at most as long as their states together.
    const all = texts("abc", 7);
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 2 }), pattern, (patterns, one) => {
        const matchers = patterns.map(matcher);
        const expected = all
          .filter((text) => matcher(one).test(text))
          .every((text) => matchers.some((it) => it.test(text)));
        expect([patterns, one, covers(patterns, one)]).toEqual([patterns, one, expected]);
      }),
      { numRuns: 100 },
    );
  });

  test("are compared in a moment, also long ones", () => {
    expect(covers([`/${"?".repeat(120)}*`], `/${"*a".repeat(60)}`)).toBe(false);
    expect(covers([`/*${"a".repeat(120)}*`], `/*${"a".repeat(121)}`)).toBe(true);
  });
});
