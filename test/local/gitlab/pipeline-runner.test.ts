import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defined } from "@groundwork/constructs/core/defined";
import { Job } from "@groundwork/constructs/gitlab/pipeline/job";
import { Pipeline } from "@groundwork/constructs/gitlab/pipeline/pipeline";
import { runPipeline } from "@groundwork/local/gitlab/pipeline-runner";

const directory = mkdtempSync(join(tmpdir(), "groundwork-runner-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe("runPipeline", () => {
  const job = (name: string, stage: string, command: string, needs?: readonly string[]) =>
    Job.of(name, { stage, script: [command], ...defined({ needs }) });

  test("waits for complete stages without needs", async () => {
    const stages = ["one", "two"] as const;
    const slow = Pipeline.of({
      stages,
      jobs: [job("a", "one", "sleep 0.3"), job("b", "two", "true"), job("c", "one", "true")],
    });
    const runs = await runPipeline(slow, { directory, concurrent: 3 });
    expect(runs.map((run) => run.job)).toEqual(["c", "a", "b"]);
  });

  test("skips jobs that need a failed job, and ends a job at its first error", async () => {
    const failing = Pipeline.of({
      stages: ["one"],
      jobs: [job("a", "one", "false\ntrue"), job("b", "one", "true", ["a"]), job("c", "one", "true")],
    });
    const runs = await runPipeline(failing, { directory, concurrent: 1 });
    expect(runs.map(({ job: name, succeeded }) => `${name} ${succeeded ? "succeeded" : "failed"}`)).toEqual([
      "a failed",
      "c succeeded",
    ]);
  });
});
