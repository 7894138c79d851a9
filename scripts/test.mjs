// npm test: type check, lint, generated pages, then unit, property, golden and architecture tests. No emulator, no network.
import { build, node } from "./build.mjs";

await build();
node("scripts/lint.mjs");
node("scripts/docs.mjs", "--check");
node("node_modules/jest/bin/jest.js", ...process.argv.slice(2));
