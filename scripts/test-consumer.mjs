// @ts-check
// npm run test:consumer: packs everything and uses it as a consumer does, in empty projects of cdktf and cdktn.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { command } from "./command.mjs";
import { bundle, compile, KINDS, requireSame, run, snapshots, synthesize } from "./consumer/checks.mjs";
import { commandLine, minimal } from "./consumer/installed.mjs";
import { packedFiles } from "./consumer/packed-files.mjs";
import { DIRECTORY, installFramework, installMinimal, installNodes, NODES } from "./consumer/projects.mjs";
import { pack } from "./pack.mjs";
import { ROOT } from "./run.mjs";

/** @typedef {ReadonlyMap<string, object>} Stacks */

const LIST = join(ROOT, "test/consumer/packed-files.txt");
const { values: options } = parseArgs({
  options: {
    /** Writes the list of packed files instead of comparing it. */
    update: { type: "boolean", default: false },
    /** Runs all unit tests on the other Node releases, not only those of core. */
    "all-tests": { type: "boolean", default: false },
  },
});
const started = Date.now();

await command(async () => {
  const packed = await pack();
  comparePackedFiles(packedFiles(packed));
  report(`packed ${packed.length} packages`);
  console.log(`projects: ${DIRECTORY}; they are kept after a failure`);
  const tarballs = new Map(packed.map(({ name, file }) => [name, file]));
  // Two projects at a time: each uses about one core.
  const stacks = testCdktf(tarballs);
  await Promise.all([stacks, testOthers(tarballs, stacks)]);
  rmSync(DIRECTORY, { recursive: true });
});

/**
 * @param {ReadonlyMap<string, string>} tarballs
 * @returns {Promise<Stacks>}
 */
async function testCdktf(tarballs) {
  const project = await installFramework("cdktf", tarballs);
  report("cdktf: installed with the newest constructs");
  const names = await compile(project, "cdktf", "commonjs");
  const stacks = await synthesize(join(project, "commonjs"), names);
  report(`cdktf, commonjs: compiled and synthesized ${names.length} programs`);
  for (const kind of Object.keys(KINDS).filter((one) => one !== "commonjs")) {
    await compile(project, "cdktf", kind);
    if (kind === "esm") requireSame("ES modules", await synthesize(join(project, kind), names), stacks);
    report(`cdktf, ${kind}: compiled${kind === "esm" ? " and synthesized, the same stacks" : ""}`);
  }
  const elsewhere = mkdtempSync(join(tmpdir(), "groundwork-bundle-"));
  await bundle(project, elsewhere, stacks);
  rmSync(elsewhere, { recursive: true });
  report("cdktf: a bundle in an empty directory synthesizes the same stack");
  await snapshots(project, "cdktf");
  report("cdktf: three snapshots, byte for byte the same");
  await commandLine(project, "cdktf");
  report("cdktf: a new project passes its tests and is proven on a local cloud");
  return stacks;
}

/**
 * @param {ReadonlyMap<string, string>} tarballs
 * @param {Promise<Stacks>} expected - the stacks under cdktf
 */
async function testOthers(tarballs, expected) {
  await minimal(await installMinimal(tarballs));
  report("minimal: works without the AWS provider");
  const project = await installFramework("cdktn", tarballs);
  report("cdktn: installed");
  /** @type {Stacks | undefined} */
  let stacks;
  for (const kind of ["commonjs", "esm"]) {
    const names = await compile(project, "cdktn", kind);
    const own = await synthesize(join(project, kind), names);
    requireSame("cdktn with ES modules", own, (stacks ??= own));
    report(`cdktn, ${kind}: compiled and synthesized ${names.length} programs`);
  }
  await snapshots(project, "cdktn");
  report("cdktn: three snapshots, byte for byte the same");
  await commandLine(project, "cdktn");
  report("cdktn: a new project passes its tests and is proven on a local cloud");
  const nodes = await installNodes();
  const cdktf = await expected;
  requireSame("cdktn", stacks ?? new Map(), cdktf);
  report("cdktn: synthesizes the same stacks as cdktf");
  for (const name of Object.keys(NODES)) await testNode(name, join(nodes, "node_modules", name, "bin/node"), cdktf);
}

/**
 * Synthesizes the examples and runs unit tests on another Node release.
 *
 * @param {string} name
 * @param {string} node
 * @param {Stacks} expected
 */
async function testNode(name, node, expected) {
  const directory = join(DIRECTORY, "cdktf/commonjs");
  requireSame(name, await synthesize(directory, [...expected.keys()], node), expected);
  const tests = options["all-tests"] ? [] : ["test/constructs/core"];
  await run(ROOT, node, [join(ROOT, "node_modules/jest/bin/jest.js"), "--coverage=false", ...tests]);
  report(`${name}: the same stacks; unit tests passed`);
}

/** @param {string} text */
function comparePackedFiles(text) {
  if (options.update) writeFileSync(LIST, text);
  if (!existsSync(LIST) || readFileSync(LIST, "utf8") !== text) {
    writeFileSync(join(ROOT, ".groundwork/packed-files.txt"), text);
    throw new Error(
      "the packed files differ from test/consumer/packed-files.txt; compare it with .groundwork/packed-files.txt, and run npm run test:consumer -- --update if the difference is intended",
    );
  }
}

/** @param {string} text */
function report(text) {
  console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${text}`);
}
