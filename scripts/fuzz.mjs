// @ts-check
// npm run fuzz -- --programs 5000 --seed 7: generated programs for every construct, planned with the real providers and sent to a real
// Kubernetes API. The report is written while it runs; the same seed continues it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { command } from "./command.mjs";
import { codeOf, ROOT } from "./run.mjs";

const { values } = parseArgs({
  options: {
    programs: { type: "string", default: "5000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 30) },
  },
});
const report = join(ROOT, `.groundwork/fuzz/seed-${values.seed}.json`);

await command(
  async () => {
    const env = {
      ...process.env,
      GROUNDWORK_FUZZ_PROGRAMS: values.programs,
      GROUNDWORK_SEED: values.seed,
      GROUNDWORK_REPORT: report,
    };
    const args = ["node_modules/jest/bin/jest.js", "--config", "test/cloud/jest.config.js", "test/cloud/fuzz.test.ts"];
    const code = await codeOf(process.execPath, args, { env });
    if (existsSync(report)) print(JSON.parse(readFileSync(report, "utf8")));
    return code;
  },
  { cloud: true },
);

/**
 * @typedef {object} Report Report of test/fuzz/run.ts.
 * @property {number} seed
 * @property {number} programs
 * @property {number} resources
 * @property {number} objects
 * @property {Readonly<Record<string, { readonly accepted: number }>>} constructs
 * @property {readonly unknown[]} failures
 */

/** @param {Report} found */
function print({ seed, programs, resources, objects, constructs, failures }) {
  const accepted = Object.values(constructs).reduce((sum, counts) => sum + counts.accepted, 0);
  console.log(
    `seed ${seed}: ${programs} programs, ${accepted} accepted, ${resources} resources planned, ${objects} objects sent, ${failures.length} failures`,
  );
  console.log(`report: ${report}`);
}
