import { type Violation, Violations } from "../../../core/violation";
import { PIP001, PIP002, PIP016 } from "../../rules";
import { isPlainText } from "../../../core/quoting/characters";
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
    ...textViolations(pipeline),
  ]);
}

/** Ruby's YAML parser, which GitLab uses, ends lines at characters that are ordinary text for other parsers. */
function textViolations({ stages, jobs, variables }: Pipeline): Violation[] {
  const texts: readonly (readonly [at: string, value: unknown])[] = [
    ["stages", stages],
    ["variables", variables],
    ...jobs.map((job) => [`job "${job.name.slice(0, 40)}"`, [job.name, job.render()]] as const),
  ];
  return texts.flatMap(([at, value]) => {
    const invalid = textsOf(value).find((text) => !isPlainText(text));
    if (invalid === undefined) return [];
    return [
      PIP016.violation({ at, given: JSON.stringify(invalid.slice(0, 60)), fix: "remove the control characters" }),
    ];
  });
}

/** All texts and keys of a value. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, element]) => [key, ...textsOf(element)]);
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
