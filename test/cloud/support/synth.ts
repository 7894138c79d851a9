import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../support/repository";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";

/** Synthesizes all environments into a directory, like `cdktf synth`, and returns the stacks of one environment. */
export function synth(directory: string, environment: string): readonly SynthesizedStack[] {
  const output = join(directory, "cdktf.out");
  mkdirSync(output, { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "stacks/lib/main.js")], {
    cwd: ROOT,
    env: { ...process.env, CDKTF_OUTDIR: output },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return synthesizedStacks(output, environment);
}
