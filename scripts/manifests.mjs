// npm run manifests: writes what the Kubernetes API receives into manifests/, one file for each object. `local` is left out: it is `lab`.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { ROOT, run } from "./run.mjs";

await install();
await build();
await run(process.execPath, ["stacks/lib/main.js"]);
const { manifestFile, manifestText, manifestsOf } = createRequire(import.meta.url)(
  "../constructs/lib/kubernetes/manifest.js",
);
const stacks = join(ROOT, "cdktf.out/stacks");
rmSync(join(ROOT, "manifests"), { recursive: true, force: true });
for (const stack of readdirSync(stacks).filter((id) => !id.startsWith("local-"))) {
  const manifests = manifestsOf(readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8"));
  if (manifests.length === 0) continue;
  const directory = join(ROOT, "manifests", stack);
  mkdirSync(directory, { recursive: true });
  for (const manifest of manifests) writeFileSync(join(directory, manifestFile(manifest)), manifestText(manifest));
  console.log(`wrote ${manifests.length} manifests of ${stack}`);
}
