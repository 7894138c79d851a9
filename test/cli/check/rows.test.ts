import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isImage, tableLines } from "@groundwork/cli/check/row";
import { rowsOf } from "@groundwork/cli/check/rows";
import { parseErrors } from "@groundwork/cli/check/type-errors";
import ts from "typescript";

const FILE = "stacks/environments/production.ts";
const TEXT = `import type { EnvironmentData } from "./environment";

export const production = {
  name: "production",
  eks: {
    region: "ap-northeast-22",
    nodes: { min: 3 },
    zones: ["a", "q"],
  },
} as const satisfies EnvironmentData;
`;

describe("the rows of a check", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-check-"));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  beforeAll(() => {
    mkdirSync(join(directory, "stacks/environments"), { recursive: true });
    writeFileSync(join(directory, FILE), TEXT);
  });

  const value = (key: string, isNotice = false) => ({
    environment: "production",
    key,
    rule: "ENV001",
    given: "given",
    fix: "fix",
    isNotice,
  });
  const rows = (keys: readonly string[], output = "") =>
    rowsOf({ ts, directory, values: keys.map((key) => value(key)), typeErrors: parseErrors(output) });

  test("have the line of the key, or of the nearest key around a missing one", () => {
    const lines = rows(["name", "eks.region", "eks.zones.1", "eks.nodes.max", "site.region", ""]).map(
      ({ key, line }) => [key, line],
    );
    expect(Object.fromEntries(lines)).toEqual({
      "": 3,
      name: 4,
      "eks.region": 6,
      "eks.nodes.max": 7,
      "eks.zones.1": 8,
      "site.region": 3,
    });
  });

  test("contain a type error with its key, and its suggestion as the fix", () => {
    const message =
      "Object literal may only specify known properties, but 'nodes' does not exist. Did you mean to write 'node'?";
    expect(rows([], `${FILE}(7,5): error TS2561: ${message}\n  more`)).toEqual([
      {
        file: FILE,
        line: 7,
        key: "eks.nodes",
        given: "Object literal may only specify known properties, but 'nodes' does not exist",
        fix: 'did you mean "node"?',
        rule: "TS2561",
        isNotice: false,
      },
    ]);
  });

  test("contain a value once that a rule and its type reject", () => {
    const output = `${FILE}(6,5): error TS2322: Type 'x'.\n${FILE}(10,13): error TS1360: Type 'y' does not satisfy.`;
    expect(rows(["eks.region"], output).map(({ rule }) => rule)).toEqual(["ENV001"]);
  });

  test("contain type errors of other files, without a key", () => {
    expect(rows([], "stacks/main.ts(1,2): error TS1005: ';' expected.")).toMatchObject([
      { file: "stacks/main.ts", line: 1, key: "", given: "';' expected" },
    ]);
  });

  test("are printed as a table with totals", () => {
    const [row] = rows(["eks.region"]);
    if (row === undefined) throw new Error("no row");
    expect(tableLines([row, { ...row, key: "name", isNotice: true }])).toEqual([
      "file                                 key         given  right value",
      `${FILE}:6  eks.region  given  fix (ENV001)`,
      `${FILE}:6  name        given  fix (ENV001)`,
      "",
      "1 mistake, 1 finding to resolve before a deployment; docs/rules.md explains the rules",
    ]);
    expect(tableLines([])).toEqual(["no mistakes"]);
  });

  test("with missing images only contain no mistakes: the repositories are deployed first", () => {
    const [row] = rows(["eks.region"]);
    if (row === undefined) throw new Error("no row");
    const image = { ...row, rule: "ENV013", isNotice: true };
    expect(isImage(image)).toBe(true);
    expect(tableLines([image, image]).at(-1)).toBe(
      "no mistakes, 2 images to supply before the workloads; docs/rules.md explains the rules",
    );
  });
});
