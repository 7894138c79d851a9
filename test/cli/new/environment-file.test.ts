import { EnvironmentFile, isReserved, withEntry } from "@groundwork/cli/new/environment-file";
import ts from "typescript";
import { textOf } from "../../support/repository";

const TEXT = `/** Ours. */
export const production = {
  // Kept.
  name: "production",
  eks: { zones: ["a", "b"], "odd-key": "x" },
} as const satisfies EnvironmentData;
`;

describe("EnvironmentFile", () => {
  test("changes texts by key and keeps comments and layout", () => {
    const values = new Map([
      ["name", "staging-eu"],
      ["eks.zones.1", 'c"'],
      ["eks.odd-key", "y"],
      ["eks.missing", "z"],
    ]);
    expect(new EnvironmentFile(ts, TEXT).with("staging-eu", values)).toBe(
      TEXT.replace("const production", "const stagingEu")
        .replace('"production"', '"staging-eu"')
        .replace('"b"', '"c\\""')
        .replace('"x"', '"y"'),
    );
  });

  test("has a constant that is no keyword", () => {
    expect(["class", "new", "default"].map(isReserved)).toEqual([true, true, true]);
    expect(["staging", "new-eu", "constructor"].map(isReserved)).toEqual([false, false, false]);
  });

  test("rejects a file without a constant", () => {
    expect(() => new EnvironmentFile(ts, "export {};").with("x", new Map())).toThrow("exports no constant");
  });
});

describe("the list of environments", () => {
  test("gets an import and an entry", () => {
    const index = textOf("stacks/environments/index.ts");
    const added = withEntry(withEntry(index, "zz"), "zz-eu");
    expect(added).toContain('import { zz } from "./zz";\nimport { zzEu } from "./zz-eu";');
    expect(added).toMatch(/environmentData = \{ .*, zz, "zz-eu": zzEu \};/);
  });
});
