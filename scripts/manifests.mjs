// @ts-check
// npm run manifests: writes the objects for the Kubernetes API into manifests/, one file each. `local` equals `lab` and is omitted.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, synthesize } from "./command.mjs";
import { ROOT } from "./run.mjs";

await command(async () => {
  await synthesize();
  const { manifestFile, manifestsOf, manifestText } = await import("../constructs/lib/kubernetes/manifest/manifest.js");
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
});
