// @ts-check
// npm run lint: ESLint, types of the scripts, Prettier, and ruff for Python. With --fix they correct what they can.
import { command } from "./command.mjs";
import { codeOf } from "./run.mjs";
import { hasPython } from "./tools.mjs";

const fix = process.argv.includes("--fix");
/** @param {string[]} args */
const node = (...args) => codeOf(process.execPath, args);

await command(
  async () =>
    // Without a cache: it depends only on a file's own content, but these rules also use types from other files.
    (await node("node_modules/eslint/bin/eslint.js", ".", ...(fix ? ["--fix"] : []))) ||
    (await node("node_modules/typescript/bin/tsc", "-p", "scripts")) ||
    (await prettier()) ||
    (await ruff()),
);

function prettier() {
  const args = [".", "--log-level", "warn", "--cache", fix ? "--write" : "--check"];
  return node("node_modules/prettier/bin/prettier.cjs", ...args);
}

async function ruff() {
  if (!hasPython()) {
    console.error("python3 ≥ 3.10 is missing: Python programs are not linted; install it from python.org.");
    return process.env["CI"] === "true" ? 1 : 0;
  }
  const { RUFF } = await import("../tooling/lib/python.js");
  await RUFF.ensure(console.log);
  return codeOf(RUFF.interpreter, ["-m", "ruff", "check", "--quiet", ...(fix ? ["--fix"] : []), "."]);
}
