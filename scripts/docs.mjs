// npm run docs: writes the pages that are generated. With --check it only says whether they are current.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { ROOT } from "./run.mjs";

await install();
await build();
const require = createRequire(import.meta.url);
const pages = { "docs/rules.md": rulesPage() };
const stale = Object.entries(pages).filter(
  ([path, text]) => !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), "utf8") !== text,
);

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`not current: ${stale.map(([path]) => path).join(", ")}; run npm run docs`);
    process.exit(1);
  }
} else {
  for (const [path, text] of stale) {
    writeFileSync(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
}

/** Every rule of every room, in the order of their ids. */
function rulesPage() {
  const rules = ["constructs/lib", "stacks/lib"]
    .flatMap((folder) => rulesFiles(join(ROOT, folder)))
    .flatMap((file) => Object.values(require(file)))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const rows = rules.map(({ id, requirement, reason }) => `| ${id} | ${requirement} | ${reason} |`);
  return [
    "# Rules",
    "",
    "What the library refuses, and why. A violation names its rule, the construct's path, what was given and what to write instead.",
    "This page is generated from the `rules.ts` of each room by `npm run docs`; every rule has a test that fails by it.",
    "",
    "| id | what must hold | otherwise |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function rulesFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return rulesFiles(path);
    return entry.name === "rules.js" ? [path] : [];
  });
}
