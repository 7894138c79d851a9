import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Pipeline } from "@groundwork/constructs/gitlab/pipeline/pipeline";
import { ROOT, textOf } from "../../support/repository";

/** The pipeline of the page, which is the only example on it. */
function pipelineOfPage(directory: string): Pipeline {
  const [, example = ""] = /```ts\n(.*?)```/s.exec(textOf("docs/cli/images.md")) ?? [];
  const program = join(directory, "pipeline.ts");
  writeFileSync(program, `${example}\nexport { pipeline };\n`);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the example is a program: loading it runs it
  return (require(program) as { readonly pipeline: Pipeline }).pipeline;
}

describe("the pipeline from dev to production", () => {
  const parent = join(ROOT, ".groundwork/tests");
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, "pipeline-"));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  test("is valid, builds once, and waits for a person before production", () => {
    const file = pipelineOfPage(directory).render();
    const jobs = file.split(/\n(?=\S)/);
    const jobOf = (name: string) => jobs.find((job) => job.startsWith(`${name}:`)) ?? "";
    expect(jobs.filter((job) => job.includes("buildah build"))).toHaveLength(1);
    expect(jobOf("stage")).toContain("npx groundwork images promote dev stage --service flask");
    expect(jobOf("stage")).not.toContain("when: manual");
    expect(jobOf("production")).toContain("npx groundwork images promote stage production --service flask");
    expect(jobOf("production")).toContain("when: manual");
  });
});
