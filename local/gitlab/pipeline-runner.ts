import type { Job, Pipeline } from "@groundwork/constructs/gitlab/pipeline";
import { exitCode } from "@groundwork/tooling/process/run";

/** Start and end of a job in milliseconds since the start of the pipeline, and its result. */
export interface JobRun {
  readonly job: string;
  readonly began: number;
  readonly ended: number;
  readonly succeeded: boolean;
}

/** Settings of a pipeline run. */
export interface PipelineRunProps {
  readonly directory: string;
  /** Maximum number of concurrent jobs, like a runner's `concurrent`. */
  readonly concurrent: number;
  /** The complete environment; nothing is inherited. @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a pipeline as GitLab does: a job starts as soon as the jobs that it needs are done, independent of all others.
 *
 * gitlab-ci-local starts jobs in waves and waits for the slowest of each wave, so it cannot verify that chains of jobs do not
 * wait for each other. This runner only executes scripts: no rules, caches or artifacts.
 */
export async function runPipeline(pipeline: Pipeline, props: PipelineRunProps): Promise<readonly JobRun[]> {
  const start = Date.now();
  const runs = new Map<string, JobRun>();
  const waiting = new Set(pipeline.jobs);
  const running = new Map<Job, Promise<void>>();

  for (;;) {
    for (const job of waiting) {
      if (running.size >= props.concurrent || !isReady(job, pipeline, runs)) continue;
      waiting.delete(job);
      const began = Date.now() - start;
      const end = runScript(job, props).then((succeeded) => {
        runs.set(job.name, { job: job.name, began, ended: Date.now() - start, succeeded });
        running.delete(job);
      });
      running.set(job, end);
    }
    // No job runs and none can start: all jobs are done, or the rest needs a failed job.
    if (running.size === 0) return [...runs.values()];
    await Promise.race(running.values());
  }
}

/** Whether all jobs that a job waits for have succeeded: its needs or, without `needs`, all jobs of earlier stages. */
function isReady(job: Job, { jobs, stages }: Pipeline, runs: ReadonlyMap<string, JobRun>): boolean {
  const earlier = (other: Job) => stages.indexOf(other.props.stage) < stages.indexOf(job.props.stage);
  const awaited = job.needs?.map((need) => need.job) ?? jobs.filter(earlier).map(({ name }) => name);
  return awaited.every((name) => runs.get(name)?.succeeded === true);
}

/** Runs a job's commands like the shell executor: in one login shell that ends at the first error. */
async function runScript(job: Job, { directory, env = process.env }: PipelineRunProps): Promise<boolean> {
  const code = await exitCode({
    command: "bash",
    args: ["--login"],
    cwd: directory,
    env: { ...env, CI_JOB_NAME: job.name },
    input: `set -eo pipefail\n${job.commands.join("\n")}\n`,
    onLine: () => undefined,
  });
  return code === 0;
}
