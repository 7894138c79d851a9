// @ts-check
// npm run docs:api: writes the reference of the public API as HTML to .groundwork/api. Warnings end it with 1.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { publicSubPaths } from "./public-sub-paths.mjs";
import { command } from "./command.mjs";
import { codeOf, ROOT } from "./run.mjs";

const OUTPUT = join(ROOT, ".groundwork/api");

await command(async () => {
  rmSync(OUTPUT, { recursive: true, force: true });
  const entries = publicSubPaths()
    .filter(({ directory }) => directory === "constructs")
    .flatMap(({ types }) => ["--entryPoints", types.replace("./lib/", "constructs/").replace(/\.d\.ts$/, ".ts")]);
  const settings = {
    name: "Groundwork constructs",
    tsconfig: "constructs/tsconfig.json",
    basePath: "constructs",
    readme: "none",
    out: OUTPUT,
    excludePrivate: "true",
    excludeInternal: "true",
    disableGit: "true",
    sourceLinkTemplate: "https://github.com/groundwork-constructs/groundwork/blob/main/{path}#L{line}",
    treatWarningsAsErrors: "true",
    logLevel: "Warn",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const code = await codeOf(process.execPath, ["node_modules/typedoc/bin/typedoc", ...entries, ...options]);
  if (code === 0) console.log(`wrote ${join(OUTPUT, "index.html")}`);
  return code;
});
