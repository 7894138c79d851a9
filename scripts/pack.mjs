// @ts-check
// npm run pack: builds all packages and writes their tarballs to .groundwork/packages.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { compile } from "./build.mjs";
import { command } from "./command.mjs";
import { forCdktn, PACKAGES, publishedManifest } from "./packages.mjs";
import { isMain, ROOT } from "./run.mjs";

/** @typedef {import("./packages.mjs").PublishedPackage} PublishedPackage */
/** @typedef {import("./packages.mjs").FrameworkName} FrameworkName */
/** @typedef {{ name: string, version: string, file: string, size: number, paths: readonly string[] }} Tarball */

const DIRECTORY = join(ROOT, ".groundwork/packages");
const SKIPPED = new Set(["node_modules", "__pycache__", ".ruff_cache"]);
const TEXT = /\.(js|ts|cjs|map|md|json)$/;

/**
 * Builds and packs all packages, in the order in which they are published.
 *
 * @returns {Promise<readonly Tarball[]>}
 */
export async function pack() {
  await compile("cli", "bindings/kubernetes", "bindings/helm");
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  return await Promise.all(
    PACKAGES.flatMap((published) =>
      (published.frameworks.length === 0 ? [undefined] : published.frameworks).map((framework) =>
        packOne(published, framework),
      ),
    ),
  );
}

/**
 * Packs one variant from a directory of its own, so that nothing in the repository changes.
 *
 * @param {PublishedPackage} published
 * @param {FrameworkName | undefined} framework
 * @returns {Promise<Tarball>}
 */
async function packOne(published, framework) {
  const from = join(ROOT, published.directory);
  const manifest = publishedManifest(JSON.parse(readFileSync(join(from, "package.json"), "utf8")), framework);
  const directory = join(DIRECTORY, manifest.name.replace("@groundwork/", ""));
  for (const path of filesOf(from)) copy(from, path, directory, published, framework);
  copyFileSync(join(ROOT, "LICENSE"), join(directory, "LICENSE"));
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const { stdout } = await promisify(execFile)(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", DIRECTORY],
    { cwd: directory, maxBuffer: 64 * 1024 * 1024, shell: process.platform === "win32" },
  );
  const [{ name, version, filename, size, files }] = JSON.parse(stdout);
  rmSync(directory, { recursive: true, force: true });
  return {
    name,
    version,
    file: join(DIRECTORY, filename),
    size,
    paths: files.map((/** @type {{ path: string }} */ { path }) => path).sort(),
  };
}

/**
 * Copies a file of a package. Sources move to `src`, where no compiler finds them in place of the declarations.
 *
 * @param {string} from
 * @param {string} path
 * @param {string} to
 * @param {PublishedPackage} published
 * @param {FrameworkName | undefined} framework
 */
function copy(from, path, to, { hasSources }, framework) {
  const isBuilt = path.startsWith("lib/");
  if (isBuilt && !hasSource(from, path)) return;
  const target = join(to, hasSources && !isBuilt && path.endsWith(".ts") ? join("src", path) : path);
  mkdirSync(dirname(target), { recursive: true });
  if (!TEXT.test(path)) return copyFileSync(join(from, path), target);
  let text = readFileSync(join(from, path), "utf8");
  if (path.endsWith(".d.ts.map")) text = movedSources(text, dirname(path));
  writeFileSync(target, framework === "cdktn" ? forCdktn(text) : text);
}

/**
 * Whether the source of a compiled file still exists; the compiler does not delete the output of removed sources.
 *
 * @param {string} from
 * @param {string} path
 */
function hasSource(from, path) {
  const source = path.replace(/^lib\//, "").replace(/(\.d)?\.(js|ts)(\.map)?$/, ".ts");
  return source !== path && (existsSync(join(from, source)) || existsSync(join(from, "src", source)));
}

/**
 * A declaration map that refers to the sources in `src`.
 *
 * @param {string} text
 * @param {string} directory - of the map within the package
 */
function movedSources(text, directory) {
  const map = JSON.parse(text);
  const sources = map.sources.map((/** @type {string} */ source) => {
    const path = relative("/", resolve("/", directory, source));
    return relative(join("/", directory), join("/src", path)).replaceAll("\\", "/");
  });
  return JSON.stringify({ ...map, sources });
}

/**
 * Files below a directory, with slashes on every system.
 *
 * @param {string} directory
 */
function filesOf(directory, prefix = "") {
  /** @type {readonly string[]} */
  const paths = readdirSync(join(directory, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix + entry.name;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesOf(directory, `${path}/`);
    return entry.name.endsWith(".tsbuildinfo") ? [] : [path];
  });
  return paths;
}

if (isMain(import.meta.url))
  await command(async () => {
    for (const { name, version, file, size, paths } of await pack())
      console.log(
        `${name} ${version}: ${paths.length} files, ${(size / 1024).toFixed(0)} kB, ${relative(process.cwd(), file)}`,
      );
  });
