import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { filesBelow, ROOT, textOf } from "../support/repository";

/** Files with a construct that others can make: a class over Construct that the file exports. */
const nouns = filesBelow("constructs", ".ts").filter((path) =>
  /^export class \w+ extends Construct\b/m.test(textOf(path)),
);

/** Constructs that a larger one makes: "Made by `Network`" in their comment. Their page is that one's. */
function madeByAnother(path: string): boolean {
  return /^ \* .*(Made|Created) by `|^\/\*\* .*(Made|Created) by `/m.test(textOf(path));
}

const own = nouns.filter((path) => !madeByAnother(path));

/** Page of a construct. Clouds share their nouns, so each that came after AWS has a folder of its own for its pages. */
function pageOf(path: string): string {
  const noun = basename(path, ".ts");
  const inRoom = `docs/constructs/${path.split("/")[1] ?? ""}/${noun}.md`;
  return existsSync(join(ROOT, inRoom)) ? inRoom : `docs/constructs/${noun}.md`;
}

describe("nouns", () => {
  test.each(own)("%s has its test beside it in test/", (path) => {
    expect(existsSync(join(ROOT, "test", path.replace(/\.ts$/, ".test.ts")))).toBe(true);
  });

  test.each(own)("%s has its page, with an example and its source", (path) => {
    const page = pageOf(path);
    expect(existsSync(join(ROOT, page))).toBe(true);
    expect(textOf(page)).toContain("```ts");
    expect(textOf(page)).toContain(path);
  });

  test.each(own)("%s says what it defines, what it costs, and gives an example", (path) => {
    const comment = /\/\*\*(?:(?!\*\/).)*\*\/\nexport class \w+ extends Construct/s.exec(textOf(path))?.[0] ?? "";
    expect(comment).toMatch(/\* (Defines|Takes|Gives) /);
    expect(comment).toMatch(/cost|charge|free/i);
    expect(comment).toContain("@example");
  });

  test("pages are about something that exists", () => {
    const pages = filesBelow("docs/constructs", ".md").map((path) => basename(path, ".md"));
    const files = filesBelow("constructs", ".ts").map((path) => basename(path, ".ts"));
    expect(pages.filter((page) => !files.includes(page))).toEqual([]);
  });
});
