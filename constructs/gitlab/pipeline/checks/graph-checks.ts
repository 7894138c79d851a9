import type { Violation } from "../../../core/violation";
import { PIP003, PIP004, PIP005, PIP006, PIP015 } from "../../rules";
import type { Job } from "../job";
import type { Need } from "../need";

/** Maximum number of needs of a job. Source: `lib/gitlab/ci/pipeline/seed/build.rb` of GitLab. */
const MAX_NEEDS = 50;

/** The job graph of a pipeline: stages in order, and jobs. */
export interface Graph {
  readonly stages: readonly string[];
  readonly jobs: readonly Job[];
}

/** Violations in the relations between jobs. */
export function graphViolations(graph: Graph): Violation[] {
  return [
    ...graph.jobs.flatMap((job) => [...countViolations(job), ...needViolations(job, graph)]),
    ...cycleViolations(graph),
  ];
}

function countViolations(job: Job): Violation[] {
  const count = job.needs?.length ?? 0;
  if (count <= MAX_NEEDS) return [];
  return [
    PIP005.violation({
      at: `job "${job.name}"`,
      given: `${count} needs`,
      fix: `use at most ${MAX_NEEDS}, for example one job that needs the others, or omit needs to wait for all earlier stages`,
    }),
  ];
}

function needViolations(job: Job, graph: Graph): Violation[] {
  const at = `job "${job.name}"`;
  return (job.needs ?? []).flatMap((need, index, needs) => {
    const needed = graph.jobs.find(({ name }) => name === need.job);
    const repeated = needs.findIndex((other) => other.job === need.job) !== index;
    if (needed === undefined || needed === job || repeated)
      return [
        PIP003.violation({
          at,
          given: invalidNeed(need, needed === job, repeated),
          fix: `need each job once, of ${candidates(graph, job)}`,
        }),
      ];
    return [...laterStageViolations(job, needed, graph), ...missingJobViolations(job, needed, need)];
  });
}

function invalidNeed(need: Need, itself: boolean, repeated: boolean): string {
  if (itself) return "it needs itself";
  return repeated ? `"${need.job}" needed twice` : `it needs "${need.job}", which the pipeline does not have`;
}

function candidates({ jobs }: Graph, except: Job): string {
  const names = jobs.filter((job) => job !== except).map(({ name }) => name);
  return `${names.slice(0, 8).join(", ")}${names.length > 8 ? ", ..." : ""}`;
}

function laterStageViolations(job: Job, needed: Job, { stages }: Graph): Violation[] {
  const [own, other] = [stages.indexOf(job.props.stage), stages.indexOf(needed.props.stage)];
  if (own === -1 || other <= own) return [];
  return [
    PIP006.violation({
      at: `job "${job.name}"`,
      given: `stage ${job.props.stage} needs "${needed.name}" of the later stage ${needed.props.stage}`,
      fix: "assign stages in the order in which the jobs run",
    }),
  ];
}

/** A needed job with rules can be missing, unless the job that needs it has the same rules. */
function missingJobViolations(job: Job, needed: Job, need: Need): Violation[] {
  const rulesOf = ({ props }: Job) => JSON.stringify((props.rules ?? []).map((rule) => rule.render()));
  const { rules = [] } = needed.props;
  if (rules.length === 0 || need.isOptional || rulesOf(job) === rulesOf(needed)) return [];
  return [
    PIP015.violation({
      at: `job "${job.name}"`,
      given: `it needs "${needed.name}", which has rules of its own`,
      fix: `use the same rules for both, or Need.on("${needed.name}").optional()`,
    }),
  ];
}

/** Violation for the first cycle, with all its jobs. */
function cycleViolations({ jobs }: Graph): Violation[] {
  const done = new Set<string>();
  const walk = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    const needs = jobs.find((job) => job.name === name)?.needs ?? [];
    const found = needs.map((need) => walk(need.job, [...path, name])).find((loop) => loop !== undefined);
    done.add(name);
    return found;
  };
  const loop = jobs.map(({ name }) => walk(name, [])).find((found) => found !== undefined && found.length > 2);
  if (loop === undefined) return [];
  return [PIP004.violation({ at: "needs", given: loop.join(" → "), fix: "remove one of these needs" })];
}
