import { Violation, Violations } from "@groundwork/constructs/core/violation";
import { App, TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import fc from "fast-check";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Draw } from "./draw";
import { GENERATORS } from "./generators";
import { problemsOf } from "./output";

/** Creates a construct, and what it requires, in a scope. */
export type Generator = (scope: Construct, draw: Draw, id: string) => unknown;

/** A synthesized stack. */
export type StackJson = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The result of a program: its stack, the id of the rule that rejected it, or an error of the library. */
export type Result =
  | { readonly kind: "accepted"; readonly json: StackJson; readonly text: string }
  | { readonly kind: "rejected"; readonly rule: string }
  | { readonly kind: "failed"; readonly error: string };

/** A program: one construct, or two of a kind, with drawn properties. */
export interface Program {
  readonly construct: string;
  readonly seed: number;
}

/** The n-th program of a run. Programs with consecutive numbers have different constructs. */
export function programAt(seed: number, n: number): Program {
  const names = Object.keys(GENERATORS);
  return { construct: names[n % names.length] ?? "", seed: seed + n };
}

/** Runs a program twice, because equal input must have equal output, and checks the output. */
export function runProgram(program: Program): Result {
  const [one, other] = [valuesOf(program), valuesOf(program)].map((values) => synthesize(program.construct, values));
  if (one === undefined || other === undefined) throw new Error("no result");
  if (JSON.stringify(one) !== JSON.stringify(other)) return { kind: "failed", error: "two outputs for one input" };
  return one;
}

/** The values of a program, always the same for a seed. */
export function valuesOf({ seed }: Program): fc.GeneratorValue {
  const [values] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  if (values === undefined) throw new Error("no values");
  return values;
}

/** Synthesizes a program, and returns its stack or its error. */
export function synthesize(construct: string, values: fc.GeneratorValue): Result {
  const generator = GENERATORS[construct];
  if (generator === undefined) throw new Error(`no generator for ${construct}`);
  const draw = new Draw(values);
  const app = new App({ outdir: join(tmpdir(), "groundwork-fuzz") });
  return resultIn(new TerraformStack(app, draw.stackId()), (stack) => {
    for (const scope of draw.maybe(() => true) === true
      ? [draw.scopes(stack), draw.scopes(stack)]
      : [draw.scopes(stack)])
      generator(scope, draw, draw.freeId(scope));
  });
}

/** The result of what is created in a stack. */
export function resultIn(stack: TerraformStack, create: (stack: TerraformStack) => unknown): Result {
  try {
    create(stack);
    const text = Testing.synth(stack, true);
    const json = JSON.parse(text) as StackJson;
    const [problem] = problemsOf(json);
    return problem === undefined ? { kind: "accepted", json, text } : { kind: "failed", error: problem };
  } catch (error) {
    return resultOf(error);
  }
}

/** Errors of the validation at synthesis are texts with the id of their rule. */
function resultOf(error: unknown): Result {
  const rule = ruleOf(error);
  if (rule !== undefined) return { kind: "rejected", rule };
  return { kind: "failed", error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function ruleOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof Violation || error instanceof Violations || ["Violation", "Violations"].includes(error.name))
    return /[A-Z]{3}\d{3}/.exec(error.message)?.[0];
  const [text = ""] = error.message.split("\n\nIf you ");
  const lines = text.split("\n").slice(1);
  const isOurs = error.message.startsWith("Validation failed") && lines.every((line) => /\b[A-Z]{3}\d{3}\b/.test(line));
  return isOurs ? /\b[A-Z]{3}\d{3}\b/.exec(error.message)?.[0] : undefined;
}
