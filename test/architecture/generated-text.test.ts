import ts from "typescript";
import { filesBelow, textOf } from "../support/repository";

/** The functions of constructs/core/quoting, and conversions whose result has no special characters in any language. */
const QUOTING = new Set([
  ...["shellWord", "shellExpression", "shellVariable", "shellOption", "shellPath", "shellHereDocument"],
  ...["systemdValue", "systemdLine", "rubyLiteral", "environmentLine", "gitlabString", "markdownCode"],
  ...["toSeconds", "toMinutes"],
]);

/** The beginning of a line in one of the generated languages: a command, a setting of a unit, a rule of GitLab CI. */
const GENERATED = [
  /(^|\n|[;&|(] ?)(#!|(aws|bash|cat|curl|exec|find|git|gitlab-\w+|kubectl|npm|npx|podman|printf|python3|sh|systemctl|test|\.\/\w+)[ \n])/,
  /^[A-Z][A-Za-z]+=/,
  /^-D|^--[a-z]/,
  /\$CI_\w+ (==|!=|=~)/,
  / = $/,
  /^external_url /,
];

/**
 * Values that a check on another line restricts to harmless characters, by file.
 *
 * A new entry needs a reason, and a case in test/support/generators.ts.
 */
const CHECKED: Readonly<Record<string, readonly string[]>> = {
  // A whole number, and a name that shellVariable has accepted.
  "constructs/gitlab/pipeline/guard.ts": ["atLeast", "name"],
  // Names of build arguments, which are letters, digits and underscores (REG005).
  "constructs/aws/registry/build-specification.ts": ["name", "argumentVariable(name)"],
  // Keys of a table; commands of the library.
  "constructs/gitlab/server/gitlab-settings.ts": ["key"],
  "constructs/boot/cloud-init.ts": ["names", "query"],
  // A name of a phase, which Steps.run checks, too.
  "constructs/kpaas/boot/phases.ts": ["name"],
  // Checked by checkOptions of the runner, and written in single quotes into an environment file.
  "constructs/gitlab/runner/runner-boot.ts": ["option", "value"],
  // Below /etc/kpaas, without special characters (KPS023).
  "constructs/kpaas/plan/cluster-vars.ts": ["nhn.passwordFile"],
  // The commands of Steps.run are the caller's own.
  "constructs/boot/parts/steps.ts": ['commands.join("\\n")'],
};

interface Found {
  readonly path: string;
  readonly expression: string;
}

/** Interpolations into generated text that no function has quoted. */
function unquoted(path: string, text: string): readonly Found[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const declarations = new Map<string, ts.Node>();
  const found: Found[] = [];
  const declare = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      declarations.set(node.name.text, node.initializer);
    ts.forEachChild(node, declare);
  };
  declare(source);

  const isQuoted = (node: ts.Node | undefined, depth = 0): boolean => {
    if (node === undefined || depth > 12) return false;
    const next = (child: ts.Node | undefined) => isQuoted(child, depth + 1);
    if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return true;
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return next(node.expression);
    if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => next(expression));
    if (ts.isConditionalExpression(node)) return next(node.whenTrue) && next(node.whenFalse);
    if (ts.isArrayLiteralExpression(node)) return node.elements.every(next);
    if (ts.isSpreadElement(node)) return next(node.expression);
    if (ts.isArrowFunction(node)) return next(node.body);
    if (ts.isPropertyAccessExpression(node)) return isConstant(node.expression);
    if (ts.isIdentifier(node)) return isConstant(node) || next(declarations.get(node.text));
    if (!ts.isCallExpression(node)) return false;
    const { expression: callee } = node;
    if (ts.isIdentifier(callee)) return QUOTING.has(callee.text) || next(declarations.get(callee.text));
    if (!ts.isPropertyAccessExpression(callee)) return false;
    if (callee.name.text === "map") return isQuotingFunction(node.arguments[0], next);
    return QUOTING.has(callee.name.text) || (callee.name.text === "join" && next(callee.expression));
  };
  const visit = (node: ts.Node): void => {
    // Messages of errors are read by a person.
    if (ts.isCallExpression(node) && /violation$|^(reject|rejected|invalid)$/.test(calleeOf(node))) return;
    // The whole text is quoted.
    if (ts.isCallExpression(node) && QUOTING.has(calleeOf(node))) return;
    if (ts.isTemplateExpression(node) && GENERATED.some((pattern) => pattern.test(headsOf(node))))
      for (const { expression } of node.templateSpans)
        if (!isQuoted(expression) && !(CHECKED[path] ?? []).includes(expression.getText()))
          found.push({ path, expression: expression.getText() });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isQuotingFunction(node: ts.Expression | undefined, next: (child: ts.Node) => boolean): boolean {
  if (node === undefined) return false;
  return ts.isIdentifier(node) ? QUOTING.has(node.text) : next(node);
}

/** A constant of the file: capitals by convention. */
function isConstant(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && /^[A-Z][A-Z0-9_]+$/.test(node.text);
}

function calleeOf({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/** The literal parts of a template. */
function headsOf(node: ts.TemplateExpression): string {
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("");
}

const GENERATORS = [
  "constructs/aws",
  "constructs/boot",
  "constructs/gitlab",
  "constructs/kpaas",
  "constructs/openstack/administration",
  "examples",
];
const files = GENERATORS.flatMap((directory) => filesBelow(directory, ".ts")).filter(
  (path) => !/\/(lib|node_modules)\/|\.d\.ts$|\.generated\.ts$/.test(path),
);

describe("generated text", () => {
  test("has no value that a function of core/quoting has not quoted", () => {
    expect(files.length).toBeGreaterThan(80);
    expect(files.flatMap((path) => unquoted(path, textOf(path)))).toEqual([]);
  });

  test.each([
    ["a command", "const command = `aws s3 sync ${folder} x`;"],
    ["a command in a list", "const script = [`test -s ${path}`];"],
    ["the second command of a line", "const line = `true; printf %s ${text}`;"],
    ["a setting of a unit", "const line = `Description=${description}`;"],
    ["an option", "const option = `--include ${pattern}`;"],
    ["a rule of GitLab CI", 'const rule = `$CI_COMMIT_BRANCH == "${branch}"`;'],
    ["a setting of gitlab.rb", "const line = `${name} = ${value}`;"],
    ["a local variable", "const word = other; const command = `test -s ${word}`;"],
    ["a function", "const word = (text) => text; const command = `test -s ${word(path)}`;"],
    ["a list", 'const command = `test ${paths.map((path) => path).join(" ")}`;'],
  ])("is reported in %s without quotes", (_, text) => {
    expect(unquoted("x.ts", text)).not.toEqual([]);
  });

  test.each([
    "const command = `test -s ${shellWord(path)}`;",
    "const word = shellWord(path); const command = `test -s ${word}`;",
    'const command = `test ${paths.map(shellWord).join(" ")}`;',
    "const command = `exec ${PROGRAM}`;",
    "const line = `Description=${systemdValue(text)}`;",
    "const word = shellWord(`--namespace=${namespace}`);",
  ])("is accepted: %s", (text) => {
    expect(unquoted("x.ts", text)).toEqual([]);
  });
});
