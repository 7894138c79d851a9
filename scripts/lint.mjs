// npm run lint: ESLint and Prettier over everything that people write. With --fix they mend what they can.
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
const fix = process.argv.includes("--fix");
const node = (...args) => run(process.execPath, args);
// Without a cache: it goes by a file's own content, and these rules also ask for the types of other files.
await node("node_modules/eslint/bin/eslint.js", ".", ...(fix ? ["--fix"] : []));
await node(
  "node_modules/prettier/bin/prettier.cjs",
  ".",
  "--log-level",
  "warn",
  "--cache",
  fix ? "--write" : "--check",
);
