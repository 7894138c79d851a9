// @ts-check
// The app of cdktf.json: compiles the stacks and synthesizes them. Mistakes in environments are printed once, in the table of groundwork check.
import { spawnSync } from "node:child_process";
import module from "node:module";
import { makeModulesLazy } from "./lazy-modules.mjs";
import { ROOT } from "./run.mjs";

const TSC = "node_modules/typescript/bin/tsc";

/** @param {string} directory */
function compile(directory) {
  return spawnSync(process.execPath, [TSC, "-b", directory, "--pretty", "false"], { cwd: ROOT, encoding: "utf8" });
}

/** @returns {Promise<unknown>} - why the synthesis failed; undefined when it succeeded */
async function synthesize() {
  const { status, stdout } = compile("stacks");
  if (status !== 0) return stdout.trimEnd();
  makeModulesLazy();
  // Node.js 22 and later then keep compiled modules on disk; the types are those of version 20.
  /** @type {{ enableCompileCache?: () => void }} */ (module).enableCompileCache?.();
  requestStacks();
  try {
    await import("../stacks/lib/main.js");
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Adds the stacks of `GROUNDWORK_STACKS` to the app's context: the app itself does not read the environment. */
function requestStacks() {
  const { GROUNDWORK_STACKS: requested, CDKTF_CONTEXT_JSON: context = "{}" } = process.env;
  if (requested === undefined) return;
  const stacks = requested.match(/\S+/g) ?? [];
  process.env["CDKTF_CONTEXT_JSON"] = JSON.stringify({ ...JSON.parse(context), "groundwork:stacks": stacks });
}

const failure = await synthesize();
if (failure !== undefined) {
  compile("cli");
  const { mistakeLines } = await import("../cli/lib/check/command.js");
  const lines = await mistakeLines(ROOT);
  // Without a mistake in an environment, the cause is in the code of the stacks.
  const { Reporter } = await import("../cli/lib/reporter.js");
  if (lines.length > 0) new Reporter(process.stderr).log(lines);
  else console.error(failure);
  process.exitCode = 1;
}
