// npm run pipelines: writes the pipelines that the library renders into pipelines/.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { ROOT } from "./run.mjs";

await install();
await build();
const { pipelineFiles } = createRequire(import.meta.url)("../constructs/lib/gitlab/pipeline/pipeline-files.js");
for (const [path, text] of Object.entries(pipelineFiles())) {
  writeFileSync(join(ROOT, path), text);
  console.log(`wrote ${path}`);
}
