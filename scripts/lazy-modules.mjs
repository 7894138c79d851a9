// @ts-check
// Rewrites compiled modules so that they load another one when they first use it. TypeScript's own output loads all modules at once: for a
// program with one network, also the classes of machines, the texts of their first boot and a YAML library.
import { parse } from "cjs-module-lexer";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { isMain, ROOT } from "./run.mjs";

const PACKAGES = ["constructs", "stacks"];
/** The compiler's record of what it has written, and ours, which is newer if all of that is rewritten. */
const [COMPILED, REWRITTEN] = ["tsconfig.tsbuildinfo", "lazy-modules"];
/** A module that TypeScript loads, whose exports it then uses as properties of this name. */
const LOADED = /^const (?<name>\w+_\d+) = require\("(?<module>[^"]+)"\);$/gm;
const COMMENT = /^\/\*\*[^]*?\*\/$|^\/\/.*$/gm;
/** In a source: `export * from "./module";`, or the same with names in braces, or with `type`. */
const EXPORT = /^export (?<type>type )?(?:\*|\{(?<names>(?:(?! as )[^}])*)\}) from "(?<module>[^"]+)";$/gm;

/** Rewrites the modules that the compiler has written since the last time. */
export function makeModulesLazy() {
  for (const directory of PACKAGES.map((name) => join(ROOT, name))) makePackageLazy(directory);
}

/** @param {string} directory - of a package, with its compiled files in `lib` */
export function makePackageLazy(directory) {
  const compiled = join(directory, "lib");
  if (!existsSync(compiled) || isRewritten(compiled)) return;
  for (const file of readdirSync(compiled, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".js")) continue;
    const text = readFileSync(join(compiled, file), "utf8");
    const path = file.replaceAll("\\", "/").slice(0, -".js".length);
    const lazy = exportsOf(directory, path) === undefined ? lazyModule(text) : lazyIndex(namesOf(directory, path));
    if (lazy !== text) writeFileSync(join(compiled, file), lazy);
  }
  writeFileSync(join(compiled, REWRITTEN), "");
}

/**
 * Whether the compiler has written nothing since the modules were rewritten, by this version of the script.
 *
 * @param {string} compiled
 */
function isRewritten(compiled) {
  /** @param {string} file */
  const writtenAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  const rewrittenAt = writtenAt(join(compiled, REWRITTEN)) ?? 0;
  return [join(compiled, COMPILED), fileURLToPath(import.meta.url)].every(
    (file) => (writtenAt(file) ?? Number.POSITIVE_INFINITY) < rewrittenAt,
  );
}

/**
 * Replaces each loaded module by a function that loads it. Lines keep their numbers.
 *
 * @param {string} text
 */
function lazyModule(text) {
  const names = [...text.matchAll(LOADED)].map(({ groups }) => groups?.["name"]);
  if (names.length === 0) return text;
  const any = `\\b(${names.join("|")})`;
  return text
    .replace(new RegExp(`\\bnew ${any}((?:\\.\\w+)+)`, "g"), "new ($1()$2)")
    .replace(new RegExp(`${any}\\.`, "g"), "$1().")
    .replace(LOADED, 'let $<name>_loaded; const $<name> = () => ($<name>_loaded ??= require("$<module>"));');
}

/**
 * An index whose exports load their modules.
 *
 * @param {ReadonlyMap<string, string>} names - each with its module
 * @returns {string}
 */
function lazyIndex(names) {
  return `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function lazy(name, load) {
  const get = () => {
    const value = load()[name];
    Object.defineProperty(exports, name, { enumerable: true, value });
    return value;
  };
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
}
${[...names].map(([name, module]) => `lazy("${name}", () => require("${module}"));`).join("\n")}
// ECMAScript modules import these names, which Node.js reads without running this file.
0 && (module.exports = { ${[...names.keys()].join(", ")} });
`;
}

/**
 * The values that a module exports, each with the module from which it takes them.
 *
 * @param {string} directory
 * @param {string} path - of the module in the package, without its ending
 * @returns {ReadonlyMap<string, string>}
 */
function namesOf(directory, path) {
  const exported = exportsOf(directory, path);
  if (exported === undefined) {
    const { exports } = parse(readFileSync(join(directory, "lib", `${path}.js`), "utf8"));
    return new Map(exports.filter((name) => name !== "__esModule").map((name) => [name, path]));
  }
  const target = (/** @type {string} */ module) => {
    const file = posix.join(dirname(path), module);
    return existsSync(join(directory, `${file}.ts`)) ? file : `${file}/index`;
  };
  return new Map(
    exported.flatMap(({ module, names }) =>
      [...(names ?? namesOf(directory, target(module)).keys())].map((name) => [name, module]),
    ),
  );
}

/**
 * What an `index.ts` exports from other modules; without `names`, all of a module. Undefined for other files, and for an index with other
 * statements.
 *
 * @param {string} directory
 * @param {string} path
 */
function exportsOf(directory, path) {
  const source = join(directory, `${path}.ts`);
  // The compiler does not remove the output of a deleted source.
  if (basename(path) !== "index" || !existsSync(source)) return undefined;
  const text = readFileSync(source, "utf8").replace(COMMENT, "");
  if (text.replace(EXPORT, "").trim() !== "") return undefined;
  return [...text.matchAll(EXPORT)].map(({ groups = {} }) => ({
    module: groups["module"] ?? "",
    names: groups["type"] === undefined ? groups["names"] && valueNames(groups["names"]) : [],
  }));
}

/** @param {string} names - between the braces of an export */
function valueNames(names) {
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "));
}

if (isMain(import.meta.url)) makeModulesLazy();
