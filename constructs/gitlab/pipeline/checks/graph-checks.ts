import type { Violation } from "../../../core/violation";
import { PIP003, PIP004, PIP005, PIP006, PIP015 } from "../../rules";
import type { Job } from "../job";
import type { Need } from "../need";

/** GitLab's limit of needs in one job. Source: its pipeline seed, `lib/gitlab/ci/pipeline/seed/build.rb`. */
const MOST_NEEDS = 50;

/** What a graph is: stages in order and jobs. */
export interface Graph {
  readonly stages: readonly string[];
  readonly jobs: readonly Job[];
}

/** Everything wrong between the jobs of a pipeline. */
export function graphViolations(graph: Graph): Violation[] {
  return [...graph.jobs.flatMap((job) => [...countViolations(job), ...needViolations(job, graph)]), ...cycle(graph)];
}

function countViolations(job: Job): Violation[] {
  const count = job.needs?.length ?? 0;
  if (count <= MOST_NEEDS) return [];
  return [
    PIP005.violation({
      at: `job "${job.name}"`,
      given: `${count} needs`,
      fix: `need at most ${MOST_NEEDS}, for example one job that needs the others, or leave needs out and wait for the stage`,
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
          given: strange(need, needed === job, repeated),
          fix: `need each once, of ${known(graph, job)}`,
        }),
      ];
    return [...later(job, needed, graph), ...leftOut(job, needed, need)];
  });
}

function strange(need: Need, itself: boolean, repeated: boolean): string {
  if (itself) return "it needs itself";
  return repeated ? `"${need.job}" needed twice` : `it needs "${need.job}", which the pipeline does not have`;
}

function known({ jobs }: Graph, except: Job): string {
  const names = jobs.filter((job) => job !== except).map(({ name }) => name);
  return `${names.slice(0, 8).join(", ")}${names.length > 8 ? ", ..." : ""}`;
}

function later(job: Job, needed: Job, { stages }: Graph): Violation[] {
  const [own, other] = [stages.indexOf(job.props.stage), stages.indexOf(needed.props.stage)];
  if (own === -1 || other <= own) return [];
  return [
    PIP006.violation({
      at: `job "${job.name}"`,
      given: `stage ${job.props.stage} needs "${needed.name}" of the later stage ${needed.props.stage}`,
      fix: "put the jobs into stages in the order in which they run",
    }),
  ];
}

/** A needed job with rules may be missing unless the job that needs it stands under the same ones. */
function leftOut(job: Job, needed: Job, need: Need): Violation[] {
  const rulesOf = (one: Job) => JSON.stringify((one.props.rules ?? []).map((rule) => rule.render()));
  const { rules = [] } = needed.props;
  if (rules.length === 0 || need.isOptional || rulesOf(job) === rulesOf(needed)) return [];
  return [
    PIP015.violation({
      at: `job "${job.name}"`,
      given: `it needs "${needed.name}", which has rules of its own`,
      fix: `give both the same rules, or say Need.on("${needed.name}").optional()`,
    }),
  ];
}

/** The first circle found, told whole. */
function cycle({ jobs }: Graph): Violation[] {
  const done = new Set<string>();
  const walk = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    const needs = jobs.find((job) => job.name === name)?.needs ?? [];
    const found = needs.map((need) => walk(need.job, [...path, name])).find((circle) => circle !== undefined);
    done.add(name);
    return found;
  };
  const circle = jobs.map(({ name }) => walk(name, [])).find((found) => found !== undefined && found.length > 2);
  if (circle === undefined) return [];
  return [PIP004.violation({ at: "needs", given: circle.join(" → "), fix: "take one of these needs out" })];
}
