// @ts-check
// npm run lint: ESLint, types of the scripts, Prettier, and ruff for Python. With --fix they correct what they can.
import { command } from "./command.mjs";
import { eslint, prettier, ruff, scriptTypes } from "./linters.mjs";

const fix = process.argv.includes("--fix");

await command(async () => (await eslint(fix)) || (await scriptTypes()) || (await prettier(fix)) || (await ruff(fix)));
