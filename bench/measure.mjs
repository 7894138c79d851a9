// @ts-check
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ readonly milliseconds: number, readonly mebibytes: number }} Usage CPU time and peak memory of a process. */
/** @typedef {{ readonly cwd: string, readonly args: readonly string[], readonly env?: Readonly<Record<string, string>> }} Program */

const PRELOADED = fileURLToPath(new URL("usage.cjs", import.meta.url));

/**
 * Measures Node programs in turn, several rounds, so that all have the same share of what else the machine does. Returns for each the
 * smallest CPU time and memory of its runs.
 *
 * @param {Readonly<Record<string, Program>>} programs
 * @param {number} rounds
 * @returns {Record<string, Usage>}
 */
export function measureAll(programs, rounds) {
  /** @type {Record<string, Usage>} */
  const smallest = {};
  for (let round = 0; round < rounds; round += 1)
    for (const [name, program] of Object.entries(programs)) {
      const { milliseconds, mebibytes } = measure(program);
      const known = smallest[name] ?? { milliseconds, mebibytes };
      smallest[name] = {
        milliseconds: Math.min(known.milliseconds, milliseconds),
        mebibytes: Math.min(known.mebibytes, mebibytes),
      };
    }
  return smallest;
}

/**
 * @param {Program} program
 * @returns {Usage}
 */
function measure({ cwd, args, env: own }) {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-bench-"));
  const file = join(directory, "usage.json");
  const env = { ...process.env, ...own, CDKTF_OUTDIR: join(directory, "out"), GROUNDWORK_USAGE: file };
  const { status, stderr } = spawnSync(process.execPath, ["--require", PRELOADED, ...args], {
    cwd,
    encoding: "utf8",
    env,
  });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${stderr}`);
  const usage = JSON.parse(readFileSync(file, "utf8"));
  rmSync(directory, { recursive: true });
  return usage;
}
