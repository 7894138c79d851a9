// @ts-check
// The projects into which the consumer test installs the packed packages.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { forCdktn } from "../packages.mjs";
import { ROOT } from "../run.mjs";
import { snippets } from "./snippets.mjs";

/** @typedef {import("../packages.mjs").FrameworkName} FrameworkName */

/** Directory of the projects, outside of the repository: below it, Node would find packages that a tarball does not require. */
export const DIRECTORY = mkdtempSync(join(realpathSync(tmpdir()), "groundwork-consumer-"));

const { initialVersions } = JSON.parse(readFileSync(join(ROOT, "cli/package.json"), "utf8"));
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const TOOLS = ["@swc/core", "@swc/jest", "@types/jest", "@types/node", "jest", "typescript"];

/**
 * Other packages of each project. npm resolves `constructs` to its newest release where the framework accepts it.
 *
 * @type {Readonly<Record<FrameworkName, Readonly<Record<string, string>>>>}
 */
const FRAMEWORK = {
  cdktf: {
    cdktf: initialVersions.cdktf,
    constructs: "^10.8.0",
    "@cdktf/provider-aws": initialVersions["@cdktf/provider-aws"],
    "@cdktf/provider-kubernetes": devDependencies["@cdktf/provider-kubernetes"],
    "@cdktf/provider-helm": devDependencies["@cdktf/provider-helm"],
  },
  cdktn: {
    cdktn: initialVersions.cdktn,
    constructs: ">=10.6.0 <10.8.0",
    "@cdktn/provider-aws": initialVersions["@cdktn/provider-aws"],
  },
};

/** Binaries of the other supported Node releases, as npm packages. */
export const NODES = { node22: "22.23.5", node24: "24.22.3" };

/**
 * Installs a project of a framework with everything.
 *
 * @param {FrameworkName} framework
 * @param {ReadonlyMap<string, string>} tarballs - by package name
 */
export async function installFramework(framework, tarballs) {
  const isCdktn = framework === "cdktn";
  const own = [...tarballs].filter(([name]) => name.endsWith("-cdktn") === isCdktn || isNeutral(name, tarballs));
  // The command line uses the constructs of no framework; npm finds this tarball for the version that it requires.
  const constructs = /** @type {[string, string]} */ ([
    "@groundwork/constructs",
    tarballs.get("@groundwork/constructs"),
  ]);
  const tools = TOOLS.map((name) => [name, initialVersions[name]]);
  return await install(framework, {
    ...Object.fromEntries([constructs, ...own].map(([name, file]) => [name, `file:${file}`])),
    ...FRAMEWORK[framework],
    ...Object.fromEntries(tools),
    esbuild: "0.28.2",
  });
}

/**
 * Installs a project without the AWS provider and with the oldest accepted `constructs`.
 *
 * @param {ReadonlyMap<string, string>} tarballs
 */
export async function installMinimal(tarballs) {
  const own = ["@groundwork/constructs", "@groundwork/provider-openstack", "@groundwork/provider-restapi"];
  return await install("minimal", {
    ...Object.fromEntries(own.map((name) => [name, `file:${tarballs.get(name)}`])),
    cdktf: initialVersions.cdktf,
    constructs: "10.4.2",
  });
}

/** Installs the other Node releases. */
export async function installNodes() {
  const platform = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  return await install(
    "nodes",
    Object.fromEntries(Object.entries(NODES).map(([name, version]) => [name, `npm:${platform}@${version}`])),
  );
}

/**
 * Packages that depend on no framework have one tarball.
 *
 * @param {string} name
 * @param {ReadonlyMap<string, string>} tarballs
 */
function isNeutral(name, tarballs) {
  return !name.includes("provider-") && !tarballs.has(`${name}-cdktn`) && !name.endsWith("-cdktn");
}

/**
 * Installs packages without their scripts; fails when npm reports a conflict of peer dependencies.
 *
 * @param {string} name
 * @param {Readonly<Record<string, string>>} dependencies
 */
async function install(name, dependencies) {
  const directory = join(DIRECTORY, name);
  mkdirSync(directory, { recursive: true });
  const manifest = { name: `consumer-${name}`, version: "1.0.0", private: true, dependencies };
  writeFileSync(join(directory, "package.json"), JSON.stringify(manifest, undefined, 2));
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=warn"];
  const { stderr } = await promisify(execFile)("npm", args, { cwd: directory, shell: process.platform === "win32" });
  // Bindings of cdktn declare Node 22.11 as their oldest release, and work with Node 20.
  const conflicts = stderr.split("\n").filter((line) => /ERESOLVE|peer|EBADENGINE.*@groundwork/.test(line));
  if (conflicts.length > 0) throw new Error(`npm install in ${directory} reported:\n${conflicts.join("\n")}`);
  return directory;
}

/** Programs that read a file which an earlier synthesis wrote. */
const COMPILED_ONLY = new Set(["snippets/manifest"]);

/**
 * Sources of a project: the examples, and the snippets of the construct pages. Returns their names.
 *
 * @param {string} directory
 * @param {FrameworkName} framework
 * @param {{ isEsm?: boolean }} [options]
 */
export function writeSources(directory, framework, { isEsm = false } = {}) {
  const examples = readdirSync(join(ROOT, "examples"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({
      name: `examples/${file.slice(0, -3)}`,
      text: readFileSync(join(ROOT, "examples", file), "utf8"),
    }));
  const pages = snippets().map(({ name, text }) => ({ name: `snippets/${name}`, text }));
  for (const { name, text } of [...examples, ...pages]) {
    const file = join(directory, `${name}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    const own = framework === "cdktn" ? forCdktn(text) : text;
    writeFileSync(file, isEsm ? forEsm(own) : own);
  }
  return [...examples, ...pages]
    .filter(({ name, text }) => text.includes(".synth()") && !COMPILED_ONLY.has(name))
    .map(({ name }) => name);
}

/**
 * Imports of ES modules name a file: the prebuilt bindings have no `exports`.
 *
 * @param {string} text
 */
function forEsm(text) {
  return text
    .replaceAll(/"(@cdkt[fn]\/provider-[\w-]+\/lib\/[\w-]+)"/g, '"$1/index.js"')
    .replaceAll(/from "(\.\/[\w-]+)"/g, 'from "$1.js"');
}
