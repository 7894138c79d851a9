// @ts-check
// npm run pipelines: renders the pipelines of the library and of the examples into pipelines/.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { command } from "./command.mjs";
import { ROOT } from "./run.mjs";

await command(async () => {
  const { pipelineFiles } = await import("../constructs/lib/gitlab/pipeline/site/pipeline-files.js");
  const { deliveryFiles } = await import("../constructs/lib/kpaas/delivery/delivery-files.js");
  const { raceTrack } = await example("race-track.ts");
  const files = { "pipelines/race.yml": raceTrack(6).render(), ...pipelineFiles(), ...deliveryFiles() };
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
});

/**
 * Loads a module of the examples. They are not compiled, so their types are removed here.
 *
 * @param {string} name
 */
async function example(name) {
  const { default: ts } = await import("typescript");
  const path = join(ROOT, "examples", name);
  const code = ts.transpile(readFileSync(path, "utf8"), {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
  });
  /** @type {{ exports: any }} */
  const loaded = { exports: {} };
  compileFunction(code, ["exports", "require"])(loaded.exports, createRequire(path));
  return loaded.exports;
}
