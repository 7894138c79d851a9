import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { filesBelow, importsOf, ROOT, textOf } from "../support/repository";

const tests = filesBelow("test", ".ts").filter((path) => path.endsWith(".test.ts"));

/** The environments that a team changes, the list of them, and the app with all of them. */
const OWN = ["stacks/environments/production.ts", "stacks/environments/index.ts", "stacks/main.ts"];

/** The one test about a team's own environments: its snapshot is generated. */
const SNAPSHOT = "test/environments/addresses.test.ts";

/** The source file of an import in the repository; undefined for packages. */
function fileOf(from: string, imported: string): string | undefined {
  const inside = /^@groundwork\/(constructs|stacks|tooling|local|cli)\/(.+)$/.exec(imported);
  const base = inside ? `${inside[1]}/${inside[2]}` : normalize(join(dirname(from), imported));
  if (inside === null && !imported.startsWith(".")) return undefined;
  return [`${base}.ts`, `${base}/index.ts`].find((path) => existsSync(join(ROOT, path)));
}

const imports = new Map<string, readonly string[]>();

/** The files of the repository that a file imports. */
function filesOf(path: string): readonly string[] {
  const known = imports.get(path);
  if (known !== undefined) return known;
  const found = importsOf(path).flatMap((imported) => fileOf(path, imported) ?? []);
  imports.set(path, found);
  return found;
}

/** All files of the repository that a test loads, directly and through others. */
function loadedBy(test: string): ReadonlySet<string> {
  const loaded = new Set([test]);
  for (const file of loaded) for (const path of filesOf(file)) loaded.add(path);
  return loaded;
}

describe("tests", () => {
  test("load frozen environments, so that a team can change its own: only the snapshot loads them", () => {
    expect(tests.length).toBeGreaterThan(200);
    const readers = tests.filter((test) => {
      const loaded = loadedBy(test);
      return OWN.some((own) => loaded.has(own));
    });
    expect(readers).toEqual([SNAPSHOT]);
  });

  test("read no environment of a team as text", () => {
    const readers = tests.filter((path) => /(textOf|readFileSync)\([^)]*environments\/production/.test(textOf(path)));
    expect(readers).toEqual([]);
  });
});
