import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { filesBelow, ROOT, textOf } from "../support/repository";

const { exports } = JSON.parse(textOf("constructs/package.json")) as {
  exports: Record<string, string | { types: string }>;
};
const subPaths = Object.entries(exports).flatMap(([path, target]) =>
  typeof target === "string" ? [] : [{ name: path.slice(2), file: target.types.replace("./lib/", "constructs/") }],
);

/** The file of a module specifier. */
function fileOf(from: string, specifier: string): string {
  const base = join(dirname(from), specifier);
  return [`${base}.ts`, join(base, "index.ts")].find((file) => existsSync(join(ROOT, file))) ?? base;
}

/** The names that a file exports, each with the file and the name of its declaration. */
function exportsOf(file: string): ReadonlyMap<string, string> {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022);
  const found = new Map<string, string>();
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined) {
      const { exportClause: clause, moduleSpecifier } = statement;
      const others = exportsOf(fileOf(file, (moduleSpecifier as ts.StringLiteral).text));
      const names =
        clause !== undefined && ts.isNamedExports(clause)
          ? clause.elements.map(({ name, propertyName }) => [name.text, (propertyName ?? name).text] as const)
          : [...others.keys()].map((name) => [name, name] as const);
      for (const [name, original] of names) found.set(name, others.get(original) ?? `${file} ${original}`);
    }
    for (const name of declaredNames(statement)) found.set(name, `${file} ${name}`);
  }
  return found;
}

function declaredNames(statement: ts.Statement): readonly string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (isExported !== true) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => (name as ts.Identifier).text);
  return [(statement as ts.DeclarationStatement).name?.text ?? ""];
}

const published = subPaths.map(({ name, file }) => ({ name, exported: exportsOf(file.replace(".d.ts", ".ts")) }));

describe("the public API", () => {
  test("has a checked-in report of each sub-path", () => {
    const reports = subPaths.map(({ name }) => `api/constructs/${name.replaceAll("/", "-")}.api.md`).sort();
    expect([...filesBelow("api/constructs", ".md")].sort()).toEqual(reports);
  });

  test("uses a name for several declarations only where docs/library.md lists their sub-paths", () => {
    const meanings = new Map<string, Map<string, string[]>>();
    for (const { name: subPath, exported } of published)
      for (const [name, declaration] of exported) {
        const declarations = meanings.get(name) ?? new Map<string, string[]>();
        meanings.set(name, declarations.set(declaration, [...(declarations.get(declaration) ?? []), subPath]));
      }
    const several = new Map([...meanings].filter(([, declarations]) => declarations.size > 1));
    const rows = [...several]
      // Properties and attributes belong to their construct.
      .filter(([name]) => !several.has(name.replace(/(Props|Attributes)$/, "")) || !/(Props|Attributes)$/.test(name))
      .map(([name, declarations]) => {
        const paths = [...declarations.values()].map(([subPath]) => `\`${String(subPath)}\``);
        return `| \`${name}\` | ${paths.join(", ")} |`;
      });
    const documented = textOf("docs/library.md")
      .split("\n")
      .filter((line) => /^\| `\w+` \| `[\w/]+`(, `[\w/]+`)+ \|$/.test(line));
    expect(documented).toEqual([...rows].sort());
  });

  test("exports no rules, whose ids are documented in docs/rules.md", () => {
    const rules = published.flatMap(({ name, exported }) =>
      [...exported]
        .filter(([, declaration]) => declaration.split(" ")[0]?.endsWith("/rules.ts"))
        .map(([rule]) => `${name}: ${rule}`),
    );
    expect(rules).toEqual([]);
  });
});
