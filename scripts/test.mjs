// @ts-check
// npm test: type check, lint and generated pages, and the unit, property, golden and architecture tests. No emulators, no network.
import { command } from "./command.mjs";
import { eslint, prettier, ruff, scriptTypes } from "./linters.mjs";
import { PassedChecks } from "./passed-checks.mjs";
import { codeOf, ROOT } from "./run.mjs";

/** @param {string[]} args */
const node = (...args) => codeOf(process.execPath, args);

/** Whether a file may contain code or its configuration. @param {string} path */
const isCode = (path) => !path.endsWith(".md");

/**
 * The static checks in their order: type errors cause lint errors. Ruff is fast.
 *
 * @type {readonly import("./passed-checks.mjs").Check[]}
 */
const CHECKS = [
  { name: "types", reads: isCode, run: () => node("node_modules/typescript/bin/tsc", "-b", "test") },
  { name: "ESLint", reads: isCode, run: () => eslint() },
  { name: "types of the scripts", reads: isCode, run: scriptTypes },
  { name: "Prettier", run: () => prettier() },
  { name: "generated pages", run: () => node("scripts/docs.mjs", "--check") },
  { name: "API reports", readsHistory: true, run: () => node("scripts/api.mjs", "--check") },
];

async function checks() {
  const passed = new PassedChecks(ROOT);
  for (const check of CHECKS) {
    const code = await passed.run(check);
    if (code !== 0) return code;
  }
  return ruff();
}

/** Half of the workers' time for removing unused objects: a synthesized app is larger than what Node expects of short-lived ones. */
const YOUNG_OBJECTS = "--max-semi-space-size=64";

await command(async () => {
  // In parallel with Jest: ESLint is single-threaded, and Jest's main process waits for its workers.
  const codes = await Promise.all([
    checks(),
    node(YOUNG_OBJECTS, "node_modules/jest/bin/jest.js", ...process.argv.slice(2)),
  ]);
  if (codes[0] !== 0) console.error("The static checks failed; their output is above that of the tests.");
  return codes.find((code) => code !== 0) ?? 0;
});
