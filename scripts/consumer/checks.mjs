// @ts-check
// What the consumer test runs in a project.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { forCdktn } from "../packages.mjs";
import { ROOT } from "../run.mjs";
import { writeSources } from "./projects.mjs";

/** @typedef {import("../packages.mjs").FrameworkName} FrameworkName */

/** Settings that are stricter than `strict`. */
const STRICTEST = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: false,
  skipLibCheck: true,
};

/**
 * Compiler settings of the kinds of projects. `commonjs` is the project that `cdktf init` creates.
 *
 * @type {Readonly<Record<string, { isEsm?: boolean, compilerOptions: object }>>}
 */
export const KINDS = {
  commonjs: {
    get compilerOptions() {
      const template = join(ROOT, "node_modules/cdktf-cli/bundle/templates/typescript/tsconfig.json");
      return {
        ...JSON.parse(readFileSync(template, "utf8")).compilerOptions,
        // The examples of the pages declare names to show them.
        noUnusedLocals: false,
        noUnusedParameters: false,
        incremental: false,
        declaration: false,
      };
    },
  },
  node16: { compilerOptions: { ...STRICTEST, module: "node16", target: "es2022", noEmit: true } },
  bundler: {
    compilerOptions: { ...STRICTEST, module: "esnext", moduleResolution: "bundler", target: "es2022", noEmit: true },
  },
  esm: { isEsm: true, compilerOptions: { ...STRICTEST, module: "nodenext", target: "es2022" } },
};

/**
 * Runs a program in a directory; an error contains its output.
 *
 * @param {string} directory
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function run(directory, program, args, env = {}) {
  try {
    return await promisify(execFile)(program, args, {
      cwd: directory,
      // As a consumer at a terminal: with CI set, Jest writes no snapshot.
      env: { ...process.env, CI: undefined, ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    throw new Error(`${program} ${args.slice(0, 3).join(" ")} failed in ${directory}:\n${stdout}${stderr}`);
  }
}

/**
 * Compiles examples and snippets as a project of the kind. Returns the names of the programs.
 *
 * @param {string} project - directory with the installed packages
 * @param {FrameworkName} framework
 * @param {string} kind
 */
export async function compile(project, framework, kind) {
  const { isEsm = false, compilerOptions } = KINDS[kind] ?? { compilerOptions: {} };
  const directory = join(project, kind);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const names = writeSources(directory, framework, { isEsm });
  const config = {
    compilerOptions: { ...compilerOptions, outDir: "out", rootDir: ".", types: ["node"] },
    include: ["**/*.ts"],
  };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(
    join(directory, "package.json"),
    JSON.stringify({ private: true, type: isEsm ? "module" : "commonjs" }),
  );
  await run(directory, process.execPath, [join(project, "node_modules/typescript/bin/tsc"), "-p", "."]);
  return names;
}

/**
 * Synthesizes compiled programs; returns the stack of each without the framework's own metadata.
 *
 * @param {string} directory
 * @param {readonly string[]} names
 * @param {string} [node]
 */
export async function synthesize(directory, names, node = process.execPath) {
  const outdir = join(directory, "cdktf.out");
  rmSync(outdir, { recursive: true, force: true });
  writeFileSync(join(directory, "synthesize.mjs"), readFileSync(join(ROOT, "test/consumer/synthesize.mjs")));
  await run(directory, node, ["synthesize.mjs", outdir, ...names]);
  return new Map(names.map((name) => [name, stackOf(join(outdir, name))]));
}

/**
 * A synthesized stack without the metadata of the framework, which contains its version, and without the path of the state.
 *
 * @param {string} outdir
 */
export function stackOf(outdir) {
  const stack = JSON.parse(readFileSync(join(outdir, "stacks/example/cdk.tf.json"), "utf8"));
  delete stack["//"];
  // By default the state is a file in the working directory.
  delete stack.terraform.backend;
  // Short names of providers mean HashiCorp's.
  for (const provider of Object.values(stack.terraform.required_providers ?? {}))
    provider.source = provider.source.replace(/^hashicorp\//, "");
  return stack;
}

/**
 * Fails unless two runs synthesized the same stacks.
 *
 * @param {string} subject
 * @param {ReadonlyMap<string, object>} stacks
 * @param {ReadonlyMap<string, object>} expected
 */
export function requireSame(subject, stacks, expected) {
  const different = [...expected.keys()].filter((name) => !isDeepStrictEqual(stacks.get(name), expected.get(name)));
  if (different.length > 0 || stacks.size !== expected.size)
    throw new Error(`${subject} synthesizes other stacks for: ${different.join(", ")}`);
}

/**
 * Bundles an app with first-boot programs into one file, and synthesizes it in a directory without packages.
 *
 * @param {string} project
 * @param {string} elsewhere - an empty directory
 * @param {ReadonlyMap<string, object>} expected
 */
export async function bundle(project, elsewhere, expected) {
  const name = "examples/gitlab-minimal";
  const args = ["--bundle", "--platform=node", "--log-level=error", `--outfile=${join(elsewhere, "app.js")}`];
  await run(project, join(project, "node_modules/.bin/esbuild"), [`commonjs/${name}.ts`, ...args]);
  await run(elsewhere, process.execPath, ["app.js"]);
  requireSame(
    "the bundle",
    new Map([[name, stackOf(join(elsewhere, "cdktf.out"))]]),
    new Map([[name, expected.get(name) ?? {}]]),
  );
}

/**
 * Runs a snapshot test twice, and in another directory; the snapshots must be the same bytes.
 *
 * @param {string} project
 * @param {FrameworkName} framework
 */
export async function snapshots(project, framework) {
  const directory = join(project, "snapshots");
  const other = join(project, "other directory/with ü");
  for (const one of [directory, join(project, "other directory")]) rmSync(one, { recursive: true, force: true });
  cpSync(join(ROOT, "test/consumer/project"), directory, { recursive: true });
  for (const file of readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile())) {
    const path = join(directory, file.name);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, framework === "cdktn" ? forCdktn(text) : text);
    if (path.endsWith(".template")) renameSync(path, path.slice(0, -".template".length));
  }
  const { compilerOptions } = KINDS["commonjs"] ?? { compilerOptions: {} };
  const config = { compilerOptions: { ...compilerOptions, noEmit: true, types: ["node", "jest"] }, include: ["*.ts"] };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
  await run(directory, process.execPath, [join(project, "node_modules/typescript/bin/tsc"), "-p", "."]);
  cpSync(directory, other, { recursive: true });
  const jest = [join(project, "node_modules/jest/bin/jest.js")];
  const file = "__snapshots__/network.test.ts.snap";
  await run(directory, process.execPath, [...jest, "--ci=false"]);
  const first = readFileSync(join(directory, file));
  await run(directory, process.execPath, [...jest, "--ci"]);
  await run(other, process.execPath, [...jest, "--ci=false"]);
  if (!first.equals(readFileSync(join(directory, file))) || !first.equals(readFileSync(join(other, file))))
    throw new Error(`the snapshots of ${framework} differ between two runs`);
}
