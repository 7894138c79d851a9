// npm test: type check, lint, generated pages, then unit, property, golden and architecture tests. No emulator, no network.
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { codeOf } from "./run.mjs";

await install();
await build();
const code = (...args) => codeOf(process.execPath, args);

/** What is read. Each waits for the one before it: types that are wrong make lint wrong, too. */
async function checks() {
  return (
    (await code("node_modules/typescript/bin/tsc", "-b", "test")) ||
    (await code("scripts/lint.mjs")) ||
    (await code("scripts/docs.mjs", "--check"))
  );
}

// Beside what is run: ESLint has one thread, and Jest's own process waits for its workers.
const codes = await Promise.all([checks(), code("node_modules/jest/bin/jest.js", ...process.argv.slice(2))]);
if (codes[0] !== 0) console.error("The checks failed: see above the tests' own words.");
process.exitCode = codes.find((one) => one !== 0) ?? 0;
