import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { filesBelow, ROOT, textOf } from "../support/repository";

/** Files that export a construct: a class over Construct. */
const constructs = filesBelow("constructs", ".ts").filter((path) =>
  /^export class \w+ extends Construct\b/m.test(textOf(path)),
);

/** Constructs that a larger one creates: "Created by `Network`" in their comment. They are documented on its page. */
function createdByAnother(path: string): boolean {
  return /^(?: \*|\/\*\*) .*Created by `/m.test(textOf(path));
}

const independent = constructs.filter((path) => !createdByAnother(path));

/** Page of a construct. Clouds share names, so every area other than AWS and Kubernetes may have a directory for its pages. */
function pageOf(path: string): string {
  const name = basename(path, ".ts");
  const inArea = `docs/constructs/${path.split("/")[1] ?? ""}/${name}.md`;
  return existsSync(join(ROOT, inArea)) ? inArea : `docs/constructs/${name}.md`;
}

describe("constructs", () => {
  test.each(independent)("%s has a test under the same path in test/", (path) => {
    expect(existsSync(join(ROOT, "test", path.replace(/\.ts$/, ".test.ts")))).toBe(true);
  });

  test.each(independent)("%s has a page with an example, its source and its props", (path) => {
    const page = pageOf(path);
    expect(existsSync(join(ROOT, page))).toBe(true);
    expect(textOf(page)).toContain("```ts");
    expect(textOf(page)).toContain(path);
    if (/^export interface \w+Props\b/m.test(textOf(path))) expect(textOf(page)).toMatch(/<!-- props \w+ -->/);
  });

  test.each(independent)("%s has a page with the rules that it can report", (path) => {
    expect(textOf(pageOf(path))).toMatch(/<!-- rules -->\n\n.+/);
  });

  test.each(independent)("%s documents what it defines, its cost and an example", (path) => {
    const comment = /\/\*\*(?:(?!\*\/).)*\*\/\nexport class \w+ extends Construct/s.exec(textOf(path))?.[0] ?? "";
    expect(comment).toMatch(/\* Defines /);
    expect(comment).toMatch(/cost|charge|free/i);
    expect(comment).toContain("@example");
  });

  test("every page documents an existing file", () => {
    const pages = filesBelow("docs/constructs", ".md").map((path) => basename(path, ".md"));
    const files = filesBelow("constructs", ".ts").map((path) => basename(path, ".ts"));
    expect(pages.filter((page) => !files.includes(page))).toEqual([]);
  });
});
