// @ts-check
// npm test: type check, lint and generated pages, and the unit, property, golden and architecture tests. No emulators, no network.
import { command } from "./command.mjs";
import { codeOf } from "./run.mjs";

/** @param {string[]} args */
const node = (...args) => codeOf(process.execPath, args);

/** Static checks, one after another: type errors cause lint errors. */
async function checks() {
  return (
    (await node("node_modules/typescript/bin/tsc", "-b", "test")) ||
    (await node("scripts/lint.mjs")) ||
    (await node("scripts/docs.mjs", "--check")) ||
    (await node("scripts/api.mjs", "--check"))
  );
}

await command(async () => {
  // In parallel with Jest: ESLint is single-threaded, and Jest's main process waits for its workers.
  const codes = await Promise.all([checks(), node("node_modules/jest/bin/jest.js", ...process.argv.slice(2))]);
  if (codes[0] !== 0) console.error("The static checks failed; their output is above that of the tests.");
  return codes.find((code) => code !== 0) ?? 0;
});
