import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { manifestsOf } from "@groundwork/constructs/kubernetes/manifests";
import fc from "fast-check";
import type { DryRuns } from "../cloud/support/dry-runs";
import { type Program, programAt, type Result, runProgram, type StackJson, synthesize } from "./program";
import type { Planner } from "./terraform";

/** Programs between two versions of the report. */
const STEP = 120;

/** Time in which a program is reduced to a smaller one that fails, too. */
const SHRINK_MS = 120_000;

export interface Failure extends Program {
  readonly error: string;
  /** The drawn values of the smallest program that fails. */
  readonly values: string;
}

/** The state of a run, from which it continues. */
export interface Report {
  readonly seed: number;
  /** Programs that have been run. */
  programs: number;
  /** Resources that were planned with the real providers. */
  resources: number;
  /** Objects that the real Kubernetes API has accepted. */
  objects: number;
  /** Accepted and rejected programs of each construct. */
  readonly constructs: Record<string, { accepted: number; rejected: number }>;
  /** Programs that each rule has rejected. */
  readonly rules: Record<string, number>;
  readonly failures: Failure[];
}

export interface RunProps {
  readonly seed: number;
  readonly programs: number;
  readonly planner: Planner;
  readonly dryRuns: DryRuns;
  /** File of the report. A run with the same seed continues. @default - none */
  readonly file?: string | undefined;
}

/** Runs programs up to a number, and returns what was found. */
export async function fuzz(props: RunProps): Promise<Report> {
  const report = read(props);
  while (report.programs < props.programs) {
    const count = Math.min(STEP, props.programs - report.programs);
    const programs = Array.from({ length: count }, (_, n) => programAt(report.seed, report.programs + n));
    for (const [program, error] of await failuresOf(programs, props, report))
      report.failures.push({ ...program, error: error.slice(0, 2_000), values: await smallest(program, props) });
    report.programs += count;
    write(report, props.file);
  }
  return report;
}

async function failuresOf(
  programs: readonly Program[],
  { planner, dryRuns }: RunProps,
  report: Report,
): Promise<readonly (readonly [Program, string])[]> {
  const results = programs.map((program) => [program, runProgram(program)] as const);
  const accepted = results.flatMap(([program, result]) =>
    result.kind === "accepted" ? [{ program, json: result.json, text: result.text }] : [],
  );
  for (const [{ construct }, result] of results) count(report, construct, result);
  const planned = await planner.errorsOf(accepted.map(({ json }) => json));
  report.resources += accepted.reduce((sum, { json }) => sum + resourcesOf(json), 0);
  const failures: (readonly [Program, string])[] = results.flatMap(([program, result]) =>
    result.kind === "failed" ? [[program, result.error] as const] : [],
  );
  for (const [n, { program, text }] of accepted.entries()) {
    const { errors, objects } = await rejectedObjects(text, dryRuns);
    report.objects += objects;
    const error = planned.get(n) ?? errors[0];
    if (error !== undefined) failures.push([program, error]);
  }
  return failures;
}

/** Errors of the Kubernetes API about the objects of a stack. Objects with values that are known only at apply are not sent. */
async function rejectedObjects(text: string, dryRuns: DryRuns) {
  const objects = manifestsOf(text).filter(({ object }) => !JSON.stringify(object).includes("${"));
  const errors = await Promise.all(objects.map(({ object }) => dryRuns.errorOf(object)));
  return { objects: objects.length, errors: errors.filter((error) => error !== undefined) };
}

/** Reduces a failing program, as long as it fails. */
async function smallest(program: Program, { planner, dryRuns }: RunProps): Promise<string> {
  const fails = async (values: fc.GeneratorValue): Promise<boolean> => {
    const result = synthesize(program.construct, values);
    if (result.kind !== "accepted") return result.kind === "failed";
    const planned = await planner.errorsOf([result.json]);
    return planned.size > 0 || (await rejectedObjects(result.text, dryRuns)).errors.length > 0;
  };
  const property = fc.asyncProperty(fc.gen(), async (values) => !(await fails(values)));
  const { counterexample } = await fc.check(property, {
    seed: program.seed,
    numRuns: 1,
    interruptAfterTimeLimit: SHRINK_MS,
  });
  return counterexample === null ? "not reduced" : fc.stringify(counterexample[0].values());
}

function count(report: Report, construct: string, result: Result): void {
  const counts = (report.constructs[construct] ??= { accepted: 0, rejected: 0 });
  if (result.kind === "accepted") counts.accepted += 1;
  if (result.kind === "rejected") {
    counts.rejected += 1;
    report.rules[result.rule] = (report.rules[result.rule] ?? 0) + 1;
  }
}

function resourcesOf(json: StackJson): number {
  return Object.values(json["resource"] ?? {}).reduce<number>(
    (sum, byId) => sum + Object.keys(byId as object).length,
    0,
  );
}

function read({ seed, file }: RunProps): Report {
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Report;
  return { seed, programs: 0, resources: 0, objects: 0, constructs: {}, rules: {}, failures: [] };
}

function write(report: Report, file: string | undefined): void {
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
}
