// @ts-check
// Props tables of the construct pages, generated from the doc comments of the props interfaces.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import ts from "typescript";

/** @typedef {{ name: string, type: string, text: string, default: string }} Row */
/** @typedef {{ path: string, node: ts.InterfaceDeclaration, source: ts.SourceFile }} Declaration */

const MARKER = /<!-- props (\w+) -->\n[\s\S]*?<!-- \/props -->/g;

/**
 * A page with its props tables filled in. The marker `<!-- props NetworkProps -->` … `<!-- /props -->` names the interface.
 *
 * @param {string} page text of the page
 * @param {readonly Declaration[]} declarations every interface of the library
 */
export function withProps(page, declarations) {
  const source = /constructs\/[\w/.-]+\.ts/.exec(page)?.[0] ?? "constructs/";
  return page.replace(MARKER, (_, name) => {
    const rows = rowsOf(nearest(declarations, name, source), declarations);
    return `<!-- props ${name} -->\n${table(rows)}\n<!-- /props -->`;
  });
}

/**
 * Every interface that the given files export or declare.
 *
 * @param {readonly string[]} files
 * @returns {readonly Declaration[]}
 */
export function interfaces(files) {
  return files.flatMap((path) => {
    const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
    return source.statements.filter(ts.isInterfaceDeclaration).map((node) => ({ path, node, source }));
  });
}

/**
 * Clouds share names such as `NetworkProps`; the one in the directory closest to the page's source file is meant.
 *
 * @param {readonly Declaration[]} declarations
 * @param {string} name
 * @param {string} from
 */
function nearest(declarations, name, from) {
  const shared = (/** @type {string} */ path) => {
    const [a, b] = [dirname(path).split("/"), dirname(from).split("/")];
    const end = a.findIndex((part, index) => part !== b[index]);
    return end === -1 ? a.length : end;
  };
  const found = declarations
    .filter(({ node }) => node.name.text === name)
    .sort((one, other) => shared(other.path) - shared(one.path))[0];
  if (found === undefined) throw new Error(`no interface ${name} in constructs/, requested by the page of ${from}`);
  return found;
}

/**
 * @param {Declaration} declaration
 * @param {readonly Declaration[]} declarations
 * @returns {readonly Row[]}
 */
function rowsOf({ node, source, path }, declarations) {
  const own = node.members.flatMap((member) => (ts.isPropertySignature(member) ? [rowOf(member, source)] : []));
  const inherited = (node.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .flatMap((type) => inheritedRows(type, source, path, declarations))
    .filter(({ name }) => own.every((row) => row.name !== name));
  return [...own, ...inherited];
}

/**
 * Props of an extended interface, of `Pick<Base, "a" | "b">` and of `Omit<Base, "a">`.
 *
 * @param {ts.ExpressionWithTypeArguments} type
 * @param {ts.SourceFile} source
 * @param {string} path
 * @param {readonly Declaration[]} declarations
 * @returns {readonly Row[]}
 */
function inheritedRows(type, source, path, declarations) {
  const name = type.expression.getText(source);
  const textOf = (/** @type {ts.TypeNode | undefined} */ node) => node?.getText(source) ?? "";
  const rowsOfBase = (/** @type {string} */ base) =>
    declarations.some(({ node }) => node.name.text === base)
      ? rowsOf(nearest(declarations, base, path), declarations)
      : [];
  const [base, keys] = type.typeArguments ?? [];
  if (name === "Partial") return rowsOfBase(textOf(base));
  if (name !== "Pick" && name !== "Omit") return rowsOfBase(name);
  const selected = [...textOf(keys).matchAll(/"(\w+)"/g)].map(([, key]) => key);
  return rowsOfBase(textOf(base)).filter((row) => selected.includes(row.name) === (name === "Pick"));
}

/**
 * @param {ts.PropertySignature} member
 * @param {ts.SourceFile} source
 * @returns {Row}
 */
function rowOf(member, source) {
  const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const given = ts
    .getJSDocTags(member)
    .filter(({ tagName }) => tagName.text === "default")
    .map(({ comment: text }) => plain(text))[0];
  const type = (member.type?.getText(source) ?? "")
    .replace(/\/\*\*.*?\*\//gs, "")
    .replace(/\s+/g, " ")
    .replace(/ \| undefined$/, "");
  const fallback = member.questionToken === undefined ? "required" : "–";
  return {
    name: member.name.getText(source),
    type,
    text: plain(comment?.comment),
    default: given === undefined ? fallback : given.replace(/^- /, ""),
  };
}

/** @param {string | ts.NodeArray<ts.JSDocComment> | undefined} comment */
function plain(comment) {
  return (ts.getTextOfJSDocComment(comment) ?? "")
    .replace(/\{@link ([^}]+)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const cell = (/** @type {string} */ text) => text.replaceAll("|", "\\|");
  return [
    "",
    "| prop | type | meaning | default |",
    "|---|---|---|---|",
    ...rows.map((row) => `| \`${row.name}\` | \`${cell(row.type)}\` | ${cell(row.text)} | ${cell(row.default)} |`),
    "",
  ].join("\n");
}
