import { spawn } from "node:child_process";
import type { Job } from "@groundwork/constructs/gitlab/pipeline/job";
import type { Pipeline } from "@groundwork/constructs/gitlab/pipeline/pipeline";

/** When a job began and ended, in milliseconds from the pipeline's start, and how. */
export interface JobRun {
  readonly job: string;
  readonly began: number;
  readonly ended: number;
  readonly succeeded: boolean;
}

/** Where and with what a pipeline is run. */
export interface PipelineRunProps {
  readonly directory: string;
  /** Jobs at once, like a runner's `concurrent`. */
  readonly concurrent: number;
  /** @default - this process's */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a pipeline the way GitLab does: a job starts as soon as what it needs is done, whatever the others are doing.
 *
 * gitlab-ci-local runs the jobs that can start together as one wave and waits for the slowest, so it cannot show that chains
 * do not wait for each other. This runs nothing but scripts: no rules, caches or artifacts.
 */
export async function runPipeline(pipeline: Pipeline, props: PipelineRunProps): Promise<readonly JobRun[]> {
  const start = Date.now();
  const runs = new Map<string, JobRun>();
  const waiting = new Set(pipeline.jobs);
  const running = new Map<Job, Promise<void>>();

  for (;;) {
    for (const job of waiting) {
      if (running.size >= props.concurrent || !ready(job, pipeline, runs)) continue;
      waiting.delete(job);
      const began = Date.now() - start;
      const end = shell(job, props).then((succeeded) => {
        runs.set(job.name, { job: job.name, began, ended: Date.now() - start, succeeded });
        running.delete(job);
      });
      running.set(job, end);
    }
    // Nothing runs and nothing can start: all is done, or what is left waits for a job that failed.
    if (running.size === 0) return [...runs.values()];
    await Promise.race(running.values());
  }
}

/** Whether everything that a job waits for has ended well: its needs, or without any word of them all earlier stages. */
function ready(job: Job, { jobs, stages }: Pipeline, runs: ReadonlyMap<string, JobRun>): boolean {
  const earlier = (other: Job) => stages.indexOf(other.props.stage) < stages.indexOf(job.props.stage);
  const awaited = job.needs?.map((need) => need.job) ?? jobs.filter(earlier).map(({ name }) => name);
  return awaited.every((name) => runs.get(name)?.succeeded === true);
}

/** Runs a job's commands as the shell executor does: one login shell that ends at the first failure. */
async function shell(job: Job, { directory, env }: PipelineRunProps): Promise<boolean> {
  const child = spawn("bash", ["--login"], {
    cwd: directory,
    env: { ...(env ?? process.env), CI_JOB_NAME: job.name },
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.end(`set -eo pipefail\n${job.commands.join("\n")}\n`);
  return new Promise((resolve) => {
    child.once("error", () => {
      resolve(false);
    });
    child.once("close", (code) => {
      resolve(code === 0);
    });
  });
}
