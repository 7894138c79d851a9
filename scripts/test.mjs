// npm test: type check, lint, generated pages, then unit, property, golden and architecture tests. No emulator, no network.
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
await build();
const node = (...args) => run(process.execPath, args);
await node("node_modules/typescript/bin/tsc", "-b", "test");
await node("scripts/lint.mjs");
await node("scripts/docs.mjs", "--check");
await node("node_modules/jest/bin/jest.js", ...process.argv.slice(2));
