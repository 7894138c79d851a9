// @ts-check
// Turns the examples of the construct pages into programs.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../run.mjs";
import { CONTEXT_IMPORTS, CONTEXTS, PAGE_CONTEXTS } from "./context.mjs";

/** @typedef {{ name: string, text: string }} Source */

const FENCE = /```ts\n(.*?)```/gs;
const IMPORT = /^import\s[^;]*;\n?/gm;

/**
 * The examples with imports of all construct pages as programs that synthesize a stack. An example without imports continues an earlier
 * one on its page.
 *
 * @returns {readonly Source[]}
 */
export function snippets() {
  const pages = readdirSync(join(ROOT, "docs/constructs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .sort();
  return pages.flatMap((path) => {
    const text = readFileSync(join(ROOT, "docs/constructs", path), "utf8");
    const blocks = [...text.matchAll(FENCE)].map(([, code = ""]) => code).filter((code) => /^import /m.test(code));
    return blocks.map((code, index) => ({
      name: `${path.replaceAll(/[\\/]/g, "-").slice(0, -3)}${index === 0 ? "" : `-${basename(path, ".md")}`}`,
      text: program(code, contextOf(code, path)),
    }));
  });
}

/**
 * A program with the statements of an example in the constructor of a stack.
 *
 * @param {string} code
 * @param {readonly string[]} context - statements that create the objects that the example refers to
 */
function program(code, context) {
  const imports = code.match(IMPORT) ?? [];
  const body = code.replace(IMPORT, "").trim();
  return [
    `import { App as $App, TerraformStack as $TerraformStack } from "cdktf";`,
    `import { AwsProvider as $AwsProvider } from "@cdktf/provider-aws/lib/provider";`,
    `import { HelmProvider as $HelmProvider } from "@cdktf/provider-helm/lib/provider";`,
    `import { KubernetesProvider as $KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";`,
    `import { OpenstackProvider as $OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";`,
    `import { RestapiProvider as $RestapiProvider } from "@groundwork/provider-restapi/lib/provider";`,
    `import { AwsProviderVersion as $AwsProviderVersion } from "@groundwork/constructs/aws";`,
    ...CONTEXT_IMPORTS.filter((line) => context.some((statement) => statement.includes(namespaceOf(line)))),
    ...imports,
    "class $Stack extends $TerraformStack {",
    "  constructor(scope: $App) {",
    `    super(scope, "example");`,
    `    new $AwsProvider(this, "aws", { region: "ap-northeast-2" });`,
    `    $AwsProviderVersion.require(this, $AwsProviderVersion.DEFAULT);`,
    `    new $HelmProvider(this, "helm", {});`,
    `    new $KubernetesProvider(this, "kubernetes", {});`,
    `    new $OpenstackProvider(this, "openstack", {});`,
    `    new $RestapiProvider(this, "restapi", { uri: "https://api.example.com" });`,
    ...context,
    // In a block of its own, so that it can declare a name of the context.
    "{",
    body,
    "}",
    "  }",
    "}",
    "const $app = new $App();",
    "new $Stack($app);",
    "$app.synth();",
    "",
  ].join("\n");
}

/** @param {string} line - such as `import * as $aws from "…";` */
function namespaceOf(line) {
  return `${/\$\w+/.exec(line)?.[0] ?? ""}.`;
}

/**
 * Statements that create the objects that an example uses and does not declare, in the order of their table.
 *
 * @param {string} code
 * @param {string} path
 */
function contextOf(code, path) {
  const directory = /** @type {keyof typeof CONTEXTS} */ (path.replaceAll("\\", "/").split("/")[0]);
  const entries = Object.entries({ ...(CONTEXTS[directory] ?? CONTEXTS.aws), ...PAGE_CONTEXTS[path] });
  const used = new Set(entries.map(([name]) => name).filter((name) => uses(code, name)));
  // An object may need earlier ones of its table.
  for (const [name, expression] of [...entries].reverse())
    if (used.has(name)) for (const [other] of entries) if (uses(expression, other)) used.add(other);
  return entries.filter(([name]) => used.has(name)).map(([name, expression]) => `    const ${name} = ${expression};`);
}

/**
 * Whether a text uses a name without declaring it.
 *
 * @param {string} code
 * @param {string} name
 */
function uses(code, name) {
  const plain = code.replaceAll(/"(?:[^"\\]|\\.)*"|\/\/.*$/gm, '""');
  const declaration = new RegExp(`\\b(?:const|let)\\s+(?:${name}\\b|\\{[^}]*\\b${name}\\b[^}]*\\})`);
  // A property of another object follows one dot, a spread object three.
  return new RegExp(`(?<![\\w$])(?<!(?<!\\.\\.)\\.)${name}\\b(?!\\s*:)`).test(plain) && !declaration.test(plain);
}
