// @ts-check
import { readFileSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { fail, isMain, ROOT, run } from "./run.mjs";
import { requireTools } from "./tools.mjs";

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [link]
 * @property {boolean} [optional]
 */

/**
 * Ensures that the required tools are installed and that the npm packages match package-lock.json.
 *
 * The Python packages of the local cloud are installed by `tooling/python.ts` when they are first needed.
 *
 * @param {{ cloud?: boolean }} [options]
 */
export async function install({ cloud = false } = {}) {
  requireTools({ cloud });
  if (isInstalled()) return;
  requireSpace();
  console.log("installing npm packages (npm ci)");
  await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/** Bytes that the npm packages take: npm is silent for minutes before it fails on a full disk. */
const NEEDED = 1.2e9;

/** Fails when the disk has too little space for the npm packages. */
function requireSpace() {
  const { bavail, bsize } = statfsSync(ROOT);
  if (bavail * bsize >= NEEDED) return;
  const free = (bavail * bsize) / 1e9;
  throw new Error(
    `npm ci needs ${NEEDED / 1e9} GB, and the disk of ${ROOT} has ${free.toFixed(1)} GB; free some space`,
  );
}

/**
 * Whether every package of the lock file is installed in its version.
 *
 * npm writes node_modules/.package-lock.json last: after an interrupted installation it is missing or outdated.
 */
function isInstalled() {
  const locked = packagesOf("package-lock.json");
  const installed = packagesOf("node_modules/.package-lock.json");
  return Object.entries(locked).every(([path, { version, link, optional }]) => {
    // Optional packages are binaries of other platforms; workspaces are links without a version.
    if (!path.includes("node_modules/") || optional) return true;
    return link ? installed[path]?.link === true : installed[path]?.version === version;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), "utf8")).packages;
  } catch {
    return {};
  }
}

if (isMain(import.meta.url)) await install().catch(fail);
