// @ts-check
// What the public sub-paths export: the declaration of each name, and the names without hover text.
import { createRequire } from "node:module";
import { relative } from "node:path";
import { ROOT } from "./run.mjs";

/**
 * @typedef {import("typescript").Program} Program
 * @typedef {import("typescript").Symbol} Symbol
 * @typedef {import("typescript").Declaration} Declaration
 * @typedef {{ name: string, symbol: Symbol }} Export
 */

/** @type {typeof import("typescript")} */
const ts = createRequire(createRequire(import.meta.url).resolve("@microsoft/api-extractor"))("typescript");

/**
 * The exports of a declaration file. Aliases are resolved, so that one declaration is one symbol in every sub-path.
 *
 * @param {Program} program
 * @param {string} file
 * @returns {readonly Export[]}
 */
export function exportsOf(program, file) {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  // A file without exports, such as one that only extends the types of Jest, is no module.
  if (module === undefined) return [];
  return checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    symbol: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  }));
}

/**
 * Exports and their public members without a doc comment. A member of a class may have that of the interface or class above it, which
 * editors show too.
 *
 * @param {Program} program
 * @param {readonly Export[]} all
 * @returns {readonly string[]}
 */
export function undocumented(program, all) {
  const checker = program.getTypeChecker();
  return all.flatMap(({ name, symbol }) =>
    [{ name, symbol }, ...membersOf(checker, name, symbol)]
      .filter((each) => each.symbol.getDocumentationComment(checker).length === 0)
      .map((each) => `${placeOf(each.symbol)} ${each.name}`),
  );
}

/**
 * Public members that the symbol declares itself.
 *
 * @param {import("typescript").TypeChecker} checker
 * @param {string} name
 * @param {Symbol} symbol
 * @returns {readonly Export[]}
 */
function membersOf(checker, name, symbol) {
  const { Class, Interface, TypeAlias } = ts.SymbolFlags;
  if (!(symbol.flags & (Class | Interface | TypeAlias))) return [];
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const statics = symbol.flags & Class ? [...(symbol.exports?.values() ?? [])] : [];
  return [...type.getProperties(), ...statics]
    .filter((member) => member.name !== "prototype" && isOwn(member, symbol) && isPublic(member))
    .map((member) => ({ name: `${name}.${member.name}`, symbol: member }));
}

/**
 * Whether a member is declared in the declaration of its owner, not inherited or computed.
 *
 * @param {Symbol} member
 * @param {Symbol} owner
 */
function isOwn(member, owner) {
  const within = (/** @type {import("typescript").Node | undefined} */ node) => {
    while (node !== undefined && !owner.declarations?.some((one) => one === node)) node = node.parent;
    return node !== undefined;
  };
  return member.declarations?.some(within) === true;
}

/** @param {Symbol} member */
function isPublic(member) {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return !(member.declarations ?? []).some(
    (declaration) =>
      ts.getCombinedModifierFlags(declaration) & hidden ||
      ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === "internal") ||
      // Symbols as keys are for the library itself.
      ("name" in declaration && ts.isComputedPropertyName(/** @type {import("typescript").Node} */ (declaration.name))),
  );
}

/** @param {Symbol} symbol */
function placeOf({ declarations }) {
  const [declaration] = declarations ?? [];
  return declaration === undefined ? "" : relative(ROOT, declaration.getSourceFile().fileName).replace("/lib/", "/");
}
