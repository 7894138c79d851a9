// @ts-check
// npm run pipelines: writes the pipelines that the library renders into pipelines/.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.mjs";
import { ROOT } from "./run.mjs";

await command(async () => {
  const { pipelineFiles } = await import("../constructs/lib/gitlab/pipeline/site/pipeline-files.js");
  const { deliveryFiles } = await import("../constructs/lib/kpaas/delivery/delivery-files.js");
  for (const [path, text] of Object.entries({ ...pipelineFiles(), ...deliveryFiles() })) {
    writeFileSync(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
});
