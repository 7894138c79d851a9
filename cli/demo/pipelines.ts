import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { raceTrack } from "@groundwork/constructs/gitlab/pipeline/race-track";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site/site-pipeline";
import { Clients } from "@groundwork/local/aws/clients";
import type { JobRun } from "@groundwork/local/gitlab/pipeline-runner";
import { runPipeline } from "@groundwork/local/gitlab/pipeline-runner";
import { python } from "@groundwork/tooling/python";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { foundSites } from "./facts/site/actual";
import { websitesOf } from "./facts/site/expected";

const CARS = 6;
const STEPS = ["build", "test", "race"];
const COLUMNS = 48;

/** Runs the race and draws it. */
export async function raceDrawn(): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-race-"));
  // The sixth car is slow to build: whoever waited for it would be drawn to its right.
  const work = (step: string, car: number) => [`sleep ${car === CARS && step === "build" ? 4 : 0.4}`] as const;
  const runs = await runPipeline(raceTrack(CARS, { work }), { directory, concurrent: CARS + 1 });
  rmSync(directory, { recursive: true });
  return drawn(runs);
}

/** A race as lines: one for each chain, letters for as long as each of its steps took. */
export function drawn(runs: readonly JobRun[]): readonly string[] {
  const of = (job: string) => runs.find((run) => run.job === job);
  const chains = Array.from({ length: CARS }, (_, index) => STEPS.map((step) => `${step}_car_${index + 1}`));
  const column = Math.max(...runs.map(({ ended }) => ended)) / COLUMNS;
  const width = Math.max(...chains.map((chain) => chain.join(" → ").length));
  return [
    `${"announce, which needs nothing".padEnd(width)}  ${bars([of("announce")], ["·"], column)}`,
    ...chains.map((chain) => `${chain.join(" → ").padEnd(width)}  ${bars(chain.map(of), STEPS, column)}`),
  ];
}

/** Deploys a small site by its own pipeline to a stack's website, and answers what the website then says. */
export async function siteDeployed(stack: SynthesizedStack, endpoint: string): Promise<readonly string[]> {
  const [website] = websitesOf(stack);
  if (website === undefined) return [];
  const directory = mkdtempSync(join(tmpdir(), "groundwork-site-"));
  try {
    for (const [path, text] of Object.entries(SITE)) write(join(directory, path), text);
    write(join(directory, "bin/aws"), `#!/bin/sh\nexec ${python()} -m awscli "$@"\n`, 0o755);
    // A job's shell is a login shell: what it is to find stands in a profile, as on the runner.
    write(join(directory, ".profile"), `export PATH='${join(directory, "bin")}:${dirname(process.execPath)}':$PATH\n`);
    const pipeline = sitePipeline({ region: stack.region, build: "npm run build", bucketName: website.bucket });
    const env = {
      ...process.env,
      ...PLACE,
      HOME: directory,
      AWS_ENDPOINT_URL: endpoint,
      AWS_DEFAULT_REGION: stack.region,
    };
    const runs = await runPipeline(pipeline, { directory, concurrent: 1, env });
    const clients = new Clients(endpoint, stack.region);
    const answers = await foundSites(clients, stack);
    clients.destroy();
    return [...runs.map(jobInWords), ...answers.map(({ subject, is }) => `${subject}: ${is}`)];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const PLACE = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_CONFIG_FILE: "/dev/null" };

/** A site that npm installs and builds without a registry. */
const SITE = {
  "package.json": '{"name":"site","version":"1.0.0","scripts":{"build":"node build.js"}}\n',
  "package-lock.json":
    '{"name":"site","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"site","version":"1.0.0"}}}\n',
  "build.js": `const { mkdirSync, writeFileSync } = require("fs");
mkdirSync("public", { recursive: true });
writeFileSync("public/index.html", "<!doctype html><h1>deployed by its pipeline</h1>");
`,
};

/** The runs of a chain as one line of letters; a column is the same time in each line. */
function bars(
  runs: readonly (JobRun | undefined)[],
  letters: readonly string[],
  millisecondsPerColumn: number,
): string {
  const line = [...Array.from({ length: COLUMNS }, () => " ")];
  runs.forEach((run, index) => {
    if (run === undefined) return;
    const from = Math.floor(run.began / millisecondsPerColumn);
    line.fill(letters[index]?.[0] ?? "", from, Math.max(from + 1, Math.floor(run.ended / millisecondsPerColumn)));
  });
  return line.join("").trimEnd();
}

function jobInWords({ job, began, ended, succeeded }: JobRun): string {
  return `job ${job}: ${succeeded ? "done" : "failed"} after ${((ended - began) / 1_000).toFixed(1)} s`;
}

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}
