import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageDirectory } from "@groundwork/tooling/paths";
import type { StackResult } from "./result";

/** An `App` of cdktf or cdktn. */
export interface ProvableApp {
  /** Directory of the synthesized stacks. */
  readonly outdir: string;
  /** Writes the stacks into `outdir`. */
  synth(): void;
}

/** Settings of {@link prove}. */
export interface ProveSettings {
  /** Values of Terraform variables by name. @default - the `TF_VAR_*` variables of the environment */
  readonly variables?: Readonly<Record<string, string>>;
  /** Longest time in minutes for one step of a stack. @default 60 */
  readonly timeout?: number;
  /** Receives the progress, line by line. @default - the progress is part of the error of a failed proof */
  readonly log?: (line: string) => void;
}

/** A stack was not proven. The message contains the problems of each stack. */
export class ProofError extends Error {
  /** Name of the error class. */
  override readonly name = "ProofError";

  constructor(
    message: string,
    /** The result of each stack; empty if the proof did not start. */
    readonly results: readonly StackResult[],
  ) {
    super(message);
  }
}

/**
 * Applies stacks of an app to a local cloud with the real providers, plans again, destroys them, and checks that nothing is left.
 *
 * Runs `groundwork prove` as a process of its own, with a local cloud of its own: tests may run at the same time, and nothing in the
 * project changes. A proof takes minutes: give the test a timeout. Requires Terraform or OpenTofu, and Python.
 *
 * @example
 * test("can be deployed", async () => {
 *   await prove(app, "lab-network");
 * }, 10 * 60_000);
 *
 * @param stacks - ids or patterns such as `lab-*`; all stacks by default. Stacks that they need are included.
 * @returns the result of each stack
 * @throws a {@link ProofError} if a stack is not proven
 */
export async function prove(
  app: ProvableApp,
  stacks: string | readonly string[] = [],
  { variables = {}, timeout, log = () => undefined }: ProveSettings = {},
): Promise<readonly StackResult[]> {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-app-"));
  try {
    const output = join(directory, "cdktf.out");
    synthesizeInto(app, output);
    const args = [
      "--no-synth",
      "--output",
      output,
      "--json",
      ...(timeout === undefined ? [] : ["--timeout", `${timeout}`]),
    ];
    const values = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]));
    return await run(["prove", ...args, "--", ...[stacks].flat()], values, log);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The fields of an app that determine where it is synthesized. */
interface SynthesizedApp {
  outdir: string;
  hclOutput?: boolean;
  manifest: { readonly version: string; readonly constructor: unknown };
}

type ManifestClass = new (version: string, outdir: string, hclOutput: boolean) => SynthesizedApp["manifest"];

/** Synthesizes an app into another directory than its own, which may be the `cdktf.out` of the project. */
function synthesizeInto(app: ProvableApp, output: string): void {
  mkdirSync(output);
  const own = app as unknown as SynthesizedApp;
  const { outdir, manifest, hclOutput } = own;
  const Manifest = manifest.constructor as ManifestClass;
  Object.assign(own, { outdir: output, hclOutput: false, manifest: new Manifest(manifest.version, output, false) });
  try {
    app.synth();
  } finally {
    Object.assign(own, { outdir, hclOutput, manifest });
  }
}

/** In a process: it ends gracefully when this one ends early, and its modules need no transformation by a test runner. */
function run(
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<readonly StackResult[]> {
  const program = join(packageDirectory(__dirname), "bin/groundwork.cjs");
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...variables, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, progress]: [string[], string[]] = [[], []];
  child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    progress.push(text);
    for (const line of text.trimEnd().split("\n")) log(line);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const results = resultsIn(out.join(""));
      if (code === 0) resolve(results);
      else reject(new ProofError(messageOf(results, progress.join("")), results));
    });
  });
}

function resultsIn(json: string): readonly StackResult[] {
  try {
    return (JSON.parse(json) as { stacks: readonly StackResult[] }).stacks;
  } catch {
    // The command ended with an error before it had a result.
    return [];
  }
}

function messageOf(results: readonly StackResult[], progress: string): string {
  const problems = results.flatMap(({ stack, steps }) =>
    steps
      .filter(({ status }) => status === "failed")
      .flatMap(({ name, problems: texts }) => texts.map((text) => `${stack}, ${name}: ${text}`)),
  );
  return problems.length === 0 ? progress.trim() : problems.join("\n");
}
