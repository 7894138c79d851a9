// @ts-check
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs a Node program several times; returns the median wall-clock time in milliseconds and the output of the first run.
 *
 * @param {readonly string[]} args
 * @param {{ cwd: string, runs?: number }} options
 */
export function measure(args, { runs = 5, cwd }) {
  const samples = Array.from({ length: runs }, () => {
    const started = process.hrtime.bigint();
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd,
      encoding: "utf8",
      env: { ...process.env, CDKTF_OUTDIR: join(tmpdir(), "groundwork-bench") },
    });
    if (status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${stderr}`);
    return { milliseconds: Number(process.hrtime.bigint() - started) / 1e6, stdout };
  });
  const sorted = samples.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  return { milliseconds: Math.round(sorted[Math.floor(runs / 2)] ?? 0), stdout: samples[0]?.stdout ?? "" };
}
