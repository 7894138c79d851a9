// npm run pipelines: writes the pipelines that the library renders into pipelines/.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { ROOT } from "./run.mjs";

await install();
await build();
const require = createRequire(import.meta.url);
const { pipelineFiles } = require("../constructs/lib/gitlab/pipeline/pipeline-files.js");
const { deliveryFiles } = require("../constructs/lib/kpaas/delivery/delivery-files.js");
for (const [path, text] of Object.entries({ ...pipelineFiles(), ...deliveryFiles() })) {
  writeFileSync(join(ROOT, path), text);
  console.log(`wrote ${path}`);
}
