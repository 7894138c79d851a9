import type typescript from "typescript";

/** Reads, edits and writes the text of environment files; comments and the order of keys remain. */
export class EnvironmentFile {
  constructor(
    private readonly ts: typeof typescript,
    private readonly text: string,
  ) {}

  /**
   * The file with other texts and another name of its constant.
   *
   * @param values - the texts by key
   */
  with(name: string, values: ReadonlyMap<string, string>): string {
    const source = this.ts.createSourceFile("environment.ts", this.text, this.ts.ScriptTarget.Latest, true);
    const edits = [...this.nameEdits(source, name), ...this.valueEdits(source, values)];
    return edits
      .sort((one, other) => other.start - one.start)
      .reduce((text, { start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end), this.text);
  }

  private nameEdits(source: typescript.SourceFile, name: string): readonly Edit[] {
    const identifier = this.declaration(source).name;
    return [{ start: identifier.getStart(), end: identifier.getEnd(), replacement: variableOf(name) }];
  }

  private valueEdits(source: typescript.SourceFile, values: ReadonlyMap<string, string>): readonly Edit[] {
    const { ts } = this;
    const edits: Edit[] = [];
    const visit = (node: typescript.Node, path: readonly string[]): void => {
      if (ts.isStringLiteral(node)) {
        const value = values.get(path.join("."));
        if (value !== undefined)
          edits.push({ start: node.getStart(), end: node.getEnd(), replacement: JSON.stringify(value) });
      } else if (ts.isArrayLiteralExpression(node))
        node.elements.forEach((element, index) => {
          visit(element, [...path, String(index)]);
        });
      else if (ts.isObjectLiteralExpression(node)) {
        for (const property of node.properties)
          if (ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name))
            visit(property.initializer, [...path, property.name.text]);
      } else if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) visit(node.expression, path);
    };
    const { initializer } = this.declaration(source);
    if (initializer !== undefined) visit(initializer, []);
    return edits;
  }

  private declaration(source: typescript.SourceFile): typescript.VariableDeclaration & { name: typescript.Identifier } {
    const declaration = source.statements
      .filter((statement) => this.ts.isVariableStatement(statement))
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .at(-1);
    if (declaration === undefined || !this.ts.isIdentifier(declaration.name))
      throw new Error("the file exports no constant; write export const <name> = { … }");
    return declaration as typescript.VariableDeclaration & { name: typescript.Identifier };
  }
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Name of the constant of an environment: `staging-eu` is `stagingEu`. */
export function variableOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The list of environments with a further one. */
export function withEntry(index: string, name: string): string {
  const variable = variableOf(name);
  const imports = [...index.matchAll(/^import .*$/gm)].map(([line]) => line);
  const added = [...imports, `import { ${variable} } from "./${name}";`].sort(byPath);
  const entry = variable === name ? variable : `"${name}": ${variable}`;
  return index
    .replace(imports.join("\n"), added.join("\n"))
    .replace(/(environmentData = \{[^}]*?)\s*,?\s*\};/, `$1, ${entry} };`);
}

function byPath(one: string, other: string): number {
  return (/"(.*)"/.exec(one)?.[1] ?? "").localeCompare(/"(.*)"/.exec(other)?.[1] ?? "");
}

/** Words that cannot be the name of the constant with an environment. */
const RESERVED = new Set(
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in new null return super switch this throw true try typeof var void while with yield let static await eval arguments".split(
    " ",
  ),
);

/** Whether a name is a keyword, of which no constant can be made. */
export function isReserved(name: string): boolean {
  return RESERVED.has(variableOf(name));
}
