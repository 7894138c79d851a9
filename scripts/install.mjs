import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, isMain, ROOT, run } from "./run.mjs";
import { requireTools } from "./tools.mjs";

/**
 * Makes sure that the tools are there and that the installed npm packages are those of package-lock.json.
 *
 * The Python packages of the local cloud are installed by `tooling/python.ts` when they are first needed.
 */
export async function install({ cloud = false } = {}) {
  requireTools({ cloud });
  if (isInstalled()) return;
  console.log("installing npm packages (npm ci)");
  await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/**
 * Whether every package of the lock file is installed in its version.
 *
 * npm writes its own list last, when everything is in place: an installation that was cut short has none, or an old one.
 */
function isInstalled() {
  const wanted = packagesOf("package-lock.json");
  const installed = packagesOf("node_modules/.package-lock.json");
  return Object.entries(wanted).every(([path, { version, link, optional }]) => {
    // Optional packages are other systems' binaries; our own workspaces are links, which have no version.
    if (!path.includes("node_modules/") || optional) return true;
    return link ? installed[path]?.link === true : installed[path]?.version === version;
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), "utf8")).packages;
  } catch {
    return {};
  }
}

if (isMain(import.meta.url)) await install().catch(fail);
