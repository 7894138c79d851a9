import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { shellWord } from "@groundwork/constructs/core/quoting";
import { Job, Pipeline, sitePipeline } from "@groundwork/constructs/gitlab/pipeline";
import { type JobRun, runPipeline } from "@groundwork/local/gitlab/pipeline-runner";
import { python } from "@groundwork/tooling/python";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { parse } from "yaml";
import { AwsSession } from "../aws/aws-session";
import { actualSites } from "./facts/site/actual";
import { websitesOf } from "./facts/site/expected";

const CARS = 6;
const STEPS = ["build", "test", "race"];
const COLUMNS = 48;

/** Runs the pipeline with parallel chains and returns a diagram of its jobs over time. */
export async function chainsDiagram(project: string): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-race-"));
  const runs = await runPipeline(chainsPipeline(project), { directory, concurrent: CARS + 1 });
  rmSync(directory, { recursive: true });
  return diagramOf(runs);
}

/** The jobs of `pipelines/race.yml` with commands that take time. */
function chainsPipeline(project: string): Pipeline {
  const { stages, ...jobs } = parse(readFileSync(join(project, "pipelines/race.yml"), "utf8")) as Record<
    string,
    unknown
  >;
  // The sixth chain starts with a slow job. A job of another chain that waited for it would be to the right of it in the diagram.
  const script = (name: string) => [`sleep ${name === `build_car_${CARS}` ? 4 : 0.4}`] as const;
  return Pipeline.of({
    stages: stages as [string, ...string[]],
    jobs: Object.entries(jobs as Record<string, { readonly stage: string; readonly needs: readonly string[] }>).map(
      ([name, { stage, needs }]) => Job.of(name, { stage, needs, script: script(name) }),
    ) as [Job, ...Job[]],
  });
}

/** A diagram with one line per chain; each job is a row of its first letter, as long as the job took. */
export function diagramOf(runs: readonly JobRun[]): readonly string[] {
  const of = (job: string) => runs.find((run) => run.job === job);
  const chains = Array.from({ length: CARS }, (_, index) => STEPS.map((step) => `${step}_car_${index + 1}`));
  const column = Math.max(...runs.map(({ ended }) => ended)) / COLUMNS;
  const width = Math.max(...chains.map((chain) => chain.join(" → ").length));
  return [
    `${"announce (no dependencies)".padEnd(width)}  ${bars([of("announce")], ["·"], column)}`,
    ...chains.map((chain) => `${chain.join(" → ").padEnd(width)}  ${bars(chain.map(of), STEPS, column)}`),
  ];
}

/** Deploys a small site to a stack's website with its pipeline. Returns lines about the jobs and about the website. */
export async function deploySite(stack: SynthesizedStack, endpoint: string): Promise<readonly string[]> {
  const [website] = websitesOf(stack);
  if (website === undefined) return [];
  const directory = mkdtempSync(join(tmpdir(), "groundwork-site-"));
  try {
    for (const [path, text] of Object.entries(SITE)) write(join(directory, path), text);
    write(join(directory, "bin/aws"), `#!/bin/sh\nexec ${shellWord(python())} -m awscli "$@"\n`, 0o755);
    // A job's shell is a login shell: it gets PATH from a profile, as on the runner.
    write(
      join(directory, ".profile"),
      `export PATH=${shellWord(`${join(directory, "bin")}:${dirname(process.execPath)}`)}:$PATH\n`,
    );
    const pipeline = sitePipeline({ region: stack.region, build: "npm run build", bucketName: website.bucket });
    const env = {
      ...process.env,
      ...CREDENTIALS,
      HOME: directory,
      AWS_ENDPOINT_URL: endpoint,
      AWS_DEFAULT_REGION: stack.region,
    };
    const runs = await runPipeline(pipeline, { directory, concurrent: 1, env });
    const session = new AwsSession(stack.region, endpoint);
    const facts = await actualSites(session, stack);
    session.destroy();
    return [...runs.map(jobLine), ...facts.map(({ subject, value }) => `${subject}: ${value}`)];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const CREDENTIALS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_CONFIG_FILE: "/dev/null" };

/** The sources of a site that npm installs and builds without a registry. */
const SITE = {
  "package.json": '{"name":"site","version":"1.0.0","scripts":{"build":"node build.js"}}\n',
  "package-lock.json":
    '{"name":"site","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"site","version":"1.0.0"}}}\n',
  "build.js": `const { mkdirSync, writeFileSync } = require("fs");
mkdirSync("public", { recursive: true });
writeFileSync("public/index.html", "<!doctype html><h1>deployed by its pipeline</h1>");
`,
};

/** The jobs of a chain as one line; a column is the same time in every line. */
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

function jobLine({ job, began, ended, succeeded }: JobRun): string {
  return `job ${job}: ${succeeded ? "done" : "failed"} after ${((ended - began) / 1_000).toFixed(1)} s`;
}

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}
