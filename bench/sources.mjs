// @ts-check
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What the measurements of networks depend on. The whole app depends on everything, and is therefore only as recent as these. */
const MEASURED = ["bench", "constructs/core", "constructs/synthesis", "constructs/aws/network"];

/** Hash of the measured sources: recorded results with another hash are out of date. */
export function sourcesHash() {
  const hash = createHash("sha256");
  for (const path of MEASURED.flatMap(sources).sort()) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex").slice(0, 16);
}

/** @param {string} directory */
function sources(directory) {
  return readdirSync(join(root, directory), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|mjs|cjs)$/.test(path))
    .map((path) => `${directory}/${path}`);
}
