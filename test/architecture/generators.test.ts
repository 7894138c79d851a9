import { join } from "node:path";
import { Construct } from "constructs";
import { GENERATORS } from "../fuzz/generators";
import { filesBelow, ROOT, textOf } from "../support/repository";

/** Public sub-paths with code, by the last segment of their names, which is the area of their generators. */
const paths = Object.entries(
  (JSON.parse(textOf("constructs/package.json")) as { exports: Record<string, { default?: string }> }).exports,
).flatMap(([name, { default: file }]) =>
  file === undefined || name.startsWith("./testing") ? [] : [{ area: name.split("/").at(-1) ?? "", file }],
);

/** Public constructs as area and class: `aws.Network`. */
const constructs = paths.flatMap(({ area, file }) => {
  const module = jest.requireActual<Record<string, unknown>>(
    join(ROOT, "constructs", file.replace(/^\.\/lib\//, "").replace(/\.js$/, "")),
  );
  return Object.entries(module)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof Construct)
    .map(([name]) => `${area}.${name}`);
});

const sources = filesBelow("constructs", ".ts").map((path) => ({ path, text: textOf(path) }));
const generators = filesBelow("test/fuzz/generators", ".ts").map(textOf).join("\n");

/** Properties of a construct: of the interface with its name in the file of its class. */
function propsOf(construct: string): readonly string[] {
  const [area = "", name = ""] = construct.split(".");
  const directory = `constructs/${area === "addons" ? "aws/eks/addons" : area}/`;
  const source = sources.find(
    ({ path, text }) => path.startsWith(directory) && text.includes(`export class ${name} extends Construct`),
  );
  const [, body = ""] =
    new RegExp(`export interface ${name}Props[^{]*\\{(.*?)\\n\\}`, "s").exec(source?.text ?? "") ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map((match) => match[1] ?? "");
}

describe("generators", () => {
  test("exist for every construct that the public sub-paths export, and for no other", () => {
    expect(constructs.length).toBeGreaterThan(50);
    expect([...constructs].sort()).toEqual(Object.keys(GENERATORS).sort());
  });

  test("set every property of their constructs", () => {
    const all = constructs.flatMap((construct) => propsOf(construct).map((prop) => [construct, prop] as const));
    expect(all.length).toBeGreaterThan(250);
    expect(all.filter(([, prop]) => !new RegExp(`\\b${prop}\\b`).test(generators))).toEqual([]);
  });
});
