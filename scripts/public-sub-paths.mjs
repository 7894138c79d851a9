// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGES } from "./packages.mjs";
import { ROOT } from "./run.mjs";

/** Directory of the reports of the public API. */
export const REPORTS = "api";

/**
 * @typedef {object} SubPath
 * @property {string} directory - of its package
 * @property {string} name - `aws/eks/addons`
 * @property {string} types - its declaration file, from the package's directory
 */

/**
 * The sub-paths that users import, of all published packages. Patterns are not among them: generated bindings, and internal files
 * that our own packages share.
 *
 * @returns {readonly SubPath[]}
 */
export function publicSubPaths() {
  return PACKAGES.flatMap(({ directory }) => {
    /** @type {{ exports: Record<string, string | { types: string }> }} */
    const { exports } = JSON.parse(readFileSync(join(ROOT, directory, "package.json"), "utf8"));
    return Object.entries(exports).flatMap(([path, target]) => {
      const types = typeof target === "string" ? target.replace(/\.js$/, ".d.ts") : target.types;
      return path.includes("*") || !types.endsWith(".d.ts") ? [] : [{ directory, name: path.slice(2), types }];
    });
  });
}
