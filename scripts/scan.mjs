// npm run scan: checkov over every synthesized stack; fails on a finding without a reason in cli/scan/accepted.ts.
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { ROOT, run } from "./run.mjs";

await install({ cloud: true });
await build();
await run(process.execPath, ["stacks/lib/main.js"]);
const require = createRequire(import.meta.url);
const { scan, scanReport } = require("../cli/lib/scan/scan.js");
const { ensurePython } = require("../tooling/lib/python.js");
const { synthesizedStacks } = require("../tooling/lib/terraform/synthesized.js");
const { environments } = require("../stacks/lib/environments/index.js");
await ensurePython(console.log);
const stacks = environments.flatMap(({ name }) => synthesizedStacks(join(ROOT, "cdktf.out"), name));
const result = await scan(stacks);
console.log(scanReport(result));
if (result.open.length + result.unused.length > 0) process.exit(1);
