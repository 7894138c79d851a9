import { type Violation, Violations } from "../../../core/violation";
import { PIP001, PIP002 } from "../../rules";
import { graphViolations } from "./graph-checks";
import type { Job } from "../job";
import { jobViolations } from "./job-checks";
import type { Pipeline } from "../pipeline";
import { variableViolations } from "./variable-checks";

/** Keywords of GitLab CI that cannot be job names. */
const RESERVED = new Set([
  "image", "services", "stages", "types", "before_script", "after_script", "variables", "cache", "include", "workflow",
  "default", "spec", "true", "false", "nil", "null", "pages:deploy",
]); // prettier-ignore

/** Rejects a pipeline with all its violations at once. */
export function checkPipeline(pipeline: Pipeline): void {
  Violations.throwIfAny([
    ...stageViolations(pipeline),
    ...nameViolations(pipeline.jobs),
    ...variableViolations("variables", pipeline.variables),
    ...pipeline.jobs.flatMap((job) => [
      ...jobViolations(job, pipeline.artifactLimit),
      ...variableViolations(`job "${job.name}": variables`, job.props.variables ?? {}),
    ]),
    ...graphViolations(pipeline),
  ]);
}

function stageViolations({ stages, jobs }: Pipeline): Violation[] {
  const duplicates = stages
    .filter((stage, index) => stages.indexOf(stage) !== index)
    .map((stage) => PIP002.violation({ at: "stages", given: `"${stage}" twice`, fix: "list each stage once" }));
  const unknown = jobs
    .filter((job) => !stages.includes(job.props.stage))
    .map((job) =>
      PIP002.violation({
        at: `job "${job.name}"`,
        given: `stage "${job.props.stage}"`,
        fix: `use one of ${stages.join(", ")}, or add it to the stages`,
      }),
    );
  return [...duplicates, ...unknown];
}

function nameViolations(jobs: readonly Job[]): Violation[] {
  const names = jobs.map((job) => job.name);
  return names.flatMap((name, index) => {
    const given = invalidName(name, names.indexOf(name) !== index);
    if (given === undefined) return [];
    return [PIP001.violation({ at: `job "${name.slice(0, 40)}"`, given, fix: "use another name" })];
  });
}

function invalidName(name: string, repeated: boolean): string | undefined {
  if (repeated) return "a second job with this name";
  if (RESERVED.has(name)) return "a keyword of GitLab CI";
  if (name.startsWith(".")) return "a name with a leading dot, which GitLab does not run";
  return name.length < 1 || name.length > 255 ? `${name.length} characters` : undefined;
}
