import { readFileSync } from "node:fs";
import type typescript from "typescript";

/** The keys of an environment file and their lines. */
export class SourceLines {
  /** Reads a file. */
  static of(ts: typeof typescript, path: string): SourceLines {
    return new SourceLines(ts, ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true));
  }

  private constructor(
    private readonly ts: typeof typescript,
    private readonly source: typescript.SourceFile,
  ) {}

  /** Line of a key; that of the nearest key around it where the key is missing or comes from another file. */
  lineOf(key: string): number {
    const keys = key === "" ? [] : key.split(".");
    let node: typescript.Node | undefined = this.root();
    let position: typescript.Node = node ?? this.source;
    for (const one of keys) {
      const member: typescript.Node | undefined = node === undefined ? undefined : this.memberOf(node, one);
      if (member === undefined) break;
      position = member;
      node = this.ts.isPropertyAssignment(member) ? this.unwrapped(member.initializer) : this.unwrapped(member);
    }
    return this.source.getLineAndCharacterOfPosition(position.getStart()).line + 1;
  }

  /** Key of the value at a position, counted from one as TypeScript's messages do; empty outside of the environment. */
  keyAt(line: number, column: number): string {
    const position = this.source.getPositionOfLineAndCharacter(line - 1, column - 1);
    const keys: string[] = [];
    let node: typescript.Node | undefined = this.root();
    while (node !== undefined) {
      const found: readonly [string, typescript.Node] | undefined = this.membersOf(node).find(
        ([, member]) => member.getStart() <= position && position < member.getEnd(),
      );
      if (found === undefined) break;
      keys.push(found[0]);
      node = this.ts.isPropertyAssignment(found[1]) ? this.unwrapped(found[1].initializer) : this.unwrapped(found[1]);
    }
    return keys.join(".");
  }

  /** The object of the file: the value of its last exported constant. */
  private root(): typescript.Node | undefined {
    const declarations = this.source.statements
      .filter((statement) => this.ts.isVariableStatement(statement))
      .flatMap(({ declarationList }) => [...declarationList.declarations]);
    const initializer = declarations.at(-1)?.initializer;
    return initializer === undefined ? undefined : this.unwrapped(initializer);
  }

  /** The value without `as const`, `satisfies` and parentheses. */
  private unwrapped(node: typescript.Node): typescript.Node {
    const { ts } = this;
    const isWrapper = ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node);
    return isWrapper ? this.unwrapped(node.expression) : node;
  }

  private memberOf(node: typescript.Node, key: string): typescript.Node | undefined {
    return this.membersOf(node).find(([name]) => name === key)?.[1];
  }

  private membersOf(node: typescript.Node): readonly (readonly [string, typescript.Node])[] {
    const { ts } = this;
    if (ts.isArrayLiteralExpression(node)) return node.elements.map((element, index) => [String(index), element]);
    if (!ts.isObjectLiteralExpression(node)) return [];
    return node.properties.flatMap((property) => {
      const { name } = property;
      if (name === undefined || ts.isComputedPropertyName(name)) return [];
      return [[name.text, property] as const];
    });
  }
}
