// @ts-check
// The linters of `npm run lint`, each with its exit code. With `fix` they correct what they can.
import { codeOf } from "./run.mjs";
import { hasPython } from "./tools.mjs";

/** @param {string[]} args */
const node = (...args) => codeOf(process.execPath, args);

/**
 * ESLint. Without ESLint's cache: it depends only on a file's own content, but these rules also use types from other files.
 *
 * @param {boolean} [fix]
 */
export function eslint(fix = false) {
  return node("node_modules/eslint/bin/eslint.js", ".", ...(fix ? ["--fix"] : []));
}

/** The types of the scripts. */
export function scriptTypes() {
  return node("node_modules/typescript/bin/tsc", "-p", "scripts");
}

/** @param {boolean} [fix] */
export function prettier(fix = false) {
  const args = [".", "--log-level", "warn", "--cache", fix ? "--write" : "--check"];
  return node("node_modules/prettier/bin/prettier.cjs", ...args);
}

/**
 * Ruff, for Python.
 *
 * @param {boolean} [fix]
 */
export async function ruff(fix = false) {
  if (!hasPython()) {
    console.error("python3 ≥ 3.10 is missing: Python programs are not linted; install it from python.org.");
    return process.env["CI"] === "true" ? 1 : 0;
  }
  const { RUFF } = await import("../tooling/lib/python.js");
  await RUFF.ensure(console.log);
  return codeOf(RUFF.interpreter, ["-m", "ruff", "check", "--quiet", ...(fix ? ["--fix"] : []), "."]);
}
