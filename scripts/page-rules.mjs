// @ts-check
// Lists of the rules on the construct pages, generated from what the source of a construct imports.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import ts from "typescript";

/** @typedef {{ readonly requirement: string, readonly directory: string }} Rule A rule, and the directory of the `rules.ts` that defines it. */

const RULES = "docs/rules.md";
const MARKER = /<!-- rules -->\n[\s\S]*?<!-- \/rules -->/;

/**
 * The source file of a construct that a page describes.
 *
 * @param {string} page text of the page
 */
export function sourceOf(page) {
  return /\(((?:\.\.\/)+constructs\/[\w/.-]+\.ts)\)/.exec(page)?.[1]?.replace(/^(\.\.\/)+/, "");
}

/**
 * A page with the list of its rules filled in, between `<!-- rules -->` and `<!-- /rules -->`.
 *
 * @param {string} path
 * @param {string} page text of the page
 * @param {ReadonlyMap<string, string>} pages path of the page of each source file
 * @param {ReadonlyMap<string, Rule>} rules
 */
export function withRules(path, page, pages, rules) {
  const source = sourceOf(page);
  if (source === undefined) return page;
  const { ids, others } = checksOf(source, new Set(pages.keys()));
  const links = others.map((other) => {
    const file = relative(dirname(path), pages.get(other) ?? "");
    return `[${file.replace(/^.*\//, "").replace(/\.md$/, "")}](${file})`;
  });
  const own = ids.filter((id) => source.startsWith(rules.get(id)?.directory ?? "-"));
  const shared = ids.filter((id) => !own.includes(id));
  const list = [
    "<!-- rules -->",
    "",
    ...(own.length === 0 ? [] : ["| rule | requirement |", "|---|---|"]),
    ...own.map((id) => `| ${id} | ${rules.get(id)?.requirement ?? ""} |`),
    ...(own.length === 0 ? [] : [""]),
    ...(shared.length === 0 ? [] : [`Also: ${shared.join(", ")}. See [rules](${relative(dirname(path), RULES)}).`, ""]),
    ...(links.length === 0 ? [] : [`It also reports the rules of ${links.join(", ")}.`, ""]),
    "<!-- /rules -->",
  ].join("\n");
  return page.replace(MARKER, () => list);
}

/**
 * The rules that a file and its imports use, also those of the value types that its props take. The imports of constructs with a page
 * of their own are not followed.
 *
 * @param {string} source
 * @param {ReadonlySet<string>} described source files with a page
 */
function checksOf(source, described) {
  const seen = new Set([source]);
  const ids = new Set();
  const others = new Set();
  for (const file of seen) {
    const followed = importsOf(file).filter(({ path, names }) => names || (file === source && !described.has(path)));
    for (const { path, names = [] } of followed) {
      if (path.endsWith("/rules.ts")) names.forEach((name) => ids.add(name));
      else if (described.has(path) && path !== source) others.add(path);
      else seen.add(path);
    }
  }
  return { ids: [...ids].sort(), others: [...others].sort() };
}

/**
 * The imports of a file within the library; without names for those of types only.
 *
 * @param {string} file
 */
function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const path = fileOf(file, moduleSpecifier.text);
    return path === undefined ? [] : [{ path, names: namesOf(statement) }];
  });
}

/**
 * The names that a statement imports; undefined if they are types only, empty for a whole module.
 *
 * @param {ts.ImportDeclaration | ts.ExportDeclaration} statement
 * @returns {readonly string[] | undefined}
 */
function namesOf(statement) {
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : statement;
  if (clause?.isTypeOnly === true) return undefined;
  const bindings = clause !== undefined && "namedBindings" in clause ? clause.namedBindings : undefined;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
  const names = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
  return names.length === 0 ? undefined : names;
}

/**
 * The file that a relative import of another file refers to.
 *
 * @param {string} from
 * @param {string} target
 */
function fileOf(from, target) {
  if (!target.startsWith(".")) return undefined;
  const base = normalize(join(dirname(from), target));
  return [`${base}.ts`, join(base, "index.ts")].find((path) => existsSync(path));
}
