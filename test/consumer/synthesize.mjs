// Synthesizes compiled programs into a directory of their own each: node synthesize.mjs <directory> <name>…
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [outdir, ...names] = process.argv.slice(2);
const failed = [];
console.log = () => undefined;
for (const name of names) {
  process.env.CDKTF_OUTDIR = join(outdir, name);
  mkdirSync(process.env.CDKTF_OUTDIR, { recursive: true });
  try {
    await import(pathToFileURL(join(import.meta.dirname, "out", `${name}.js`)).href);
  } catch (error) {
    failed.push(`${name}: ${error.stack}`);
  }
}
if (failed.length > 0) {
  console.error(failed.join("\n"));
  process.exit(1);
}
