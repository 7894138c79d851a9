import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const RECORDED = JSON.parse(readFileSync(join(ROOT, "bench/results.json"), "utf8")) as {
  readonly sources: string;
  readonly results: Readonly<Record<string, number>>;
};

/** The hash, from a module that Jest cannot load. */
function sourcesHash(): string {
  const script = "import { sourcesHash } from './bench/sources.mjs'; console.log(sourcesHash())";
  return execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT, encoding: "utf8" }).trim();
}

test("the recorded measurements are as recent as what they measure: npm run bench -- --record", () => {
  expect(RECORDED.sources).toBe(sourcesHash());
});

test("fifty networks of the library cost at most a tenth more than the same resources in plain CDKTF", () => {
  expect(RECORDED.results["50 networks / the same in plain CDKTF, CPU"]).toBeLessThan(1.1);
});
