import { matchesWildcard } from "@groundwork/constructs/core";
import fc from "fast-check";

describe("patterns with *", () => {
  test.each([
    ["lab-*", "lab-eks", true],
    ["lab-*", "lab-", true],
    ["lab-*", "my-lab-eks", false],
    ["*-site", "lab-docs-site", true],
    ["l*-s*e", "lab-site", true],
    ["lab.site", "lab-site", false],
    ["lab", "lab-site", false],
    ["(lab)+[0]?{1}|^$\\", "(lab)+[0]?{1}|^$\\", true],
  ])("%s and %s: %s", (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  test("match a text literally, and with any part replaced by *", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (text, from, length) => {
        const plain = text.replaceAll("*", "");
        expect(matchesWildcard(plain, plain)).toBe(true);
        expect(matchesWildcard(plain, `${plain}x`)).toBe(false);
        const pattern = `${plain.slice(0, from % (plain.length + 1))}*${plain.slice((from % (plain.length + 1)) + length)}`;
        expect(matchesWildcard(pattern, plain)).toBe(true);
      }),
    );
  });
});
