// @ts-check
// The list of packed files that is checked in.

/** @typedef {import("../pack.mjs").Tarball} Tarball */

const MODULE = /\.(js|d\.ts|d\.ts\.map)$/;

/**
 * The files of all packages as text. A module and its declarations appear once, as their directory: it contains a module for each source.
 *
 * @param {readonly Tarball[]} tarballs
 */
export function packedFiles(tarballs) {
  return tarballs
    .map((tarball) => [tarball.name, ...summary(tarball).map((line) => `  ${line}`), ""].join("\n"))
    .join("\n");
}

/** @param {Tarball} tarball */
function summary({ name, paths }) {
  const present = new Set(paths);
  const incomplete = paths.filter((path) => path.endsWith(".js") && !present.has(path.replace(/\.js$/, ".d.ts")));
  if (incomplete.length > 0) throw new Error(`${name} has no declarations of ${incomplete.join(", ")}`);
  return [...new Set(paths.map(grouped))].sort();
}

/** @param {string} path */
function grouped(path) {
  const directory = path.slice(0, path.lastIndexOf("/") + 1);
  if (path.startsWith("lib/") && MODULE.test(path))
    return `${directory}*${/\.d\.ts\.map$/.test(path) ? ".d.ts.map" : ".{js,d.ts}"}`;
  return path.startsWith("src/") && path.endsWith(".ts") ? `${directory}*.ts` : path;
}
