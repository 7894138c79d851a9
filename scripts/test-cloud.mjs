// npm run test:cloud: everything that needs the emulators: deploys, interruptions, faults. Needs no account and no network.
import { createRequire } from "node:module";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install({ cloud: true });
await build();
const { ensurePython } = createRequire(import.meta.url)("../local/lib/python.js");
await ensurePython(console.log);
const jest = ["node_modules/jest/bin/jest.js", "--config", "test/cloud/jest.config.js", "--runInBand"];
await run(process.execPath, [...jest, ...process.argv.slice(2)]);
