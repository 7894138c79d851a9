// npm run lint: ESLint and Prettier over everything that people write. With --fix they mend what they can.
import { installPackages } from "./install.mjs";
import { node } from "./build.mjs";

await installPackages();
const fix = process.argv.includes("--fix");
node("node_modules/eslint/bin/eslint.js", ".", "--cache", "--cache-location", "node_modules/.cache/eslint/", ...(fix ? ["--fix"] : []));
node("node_modules/prettier/bin/prettier.cjs", ".", "--log-level", "warn", "--cache", fix ? "--write" : "--check");
