import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "@groundwork/tooling/process/run";
import { type SynthesizedStack, synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import type { Project } from "../project/project";
import type { StackSelection } from "../project/stack-selection";

/** Input of a synthesis. */
export interface SynthesisProps {
  readonly project: Project;
  /** The requested stacks. An app that can leave others out reads them in `GROUNDWORK_STACKS`. @default - all */
  readonly selection?: StackSelection;
  /** Additional variables of the app's environment. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Receives the output of the app. */
  readonly log: (line: string) => void;
  readonly abort: AbortSignal;
}

/**
 * Runs the app of a project as `cdktf synth` does, and returns its stacks.
 *
 * Directories of stacks that no longer exist are deleted, as cdktf does: Terraform's working files are in them. If only some stacks are
 * requested, the others may still exist.
 */
export async function synthesize({
  project,
  selection = {},
  env = {},
  log,
  abort,
}: SynthesisProps): Promise<readonly SynthesizedStack[]> {
  const { directory, app, output } = project;
  mkdirSync(output, { recursive: true });
  // An app that does not call synth would otherwise seem to have synthesized what its last run has left.
  rmSync(join(output, "manifest.json"), { force: true });
  const appEnvironment = { ...environmentOf(project), ...requestOf(selection), ...env };
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    log(line);
  };
  try {
    await run({ ...shell(app), cwd: directory, env: appEnvironment, onLine, abort });
  } catch (error) {
    abort.throwIfAborted();
    throw new Error(`the app failed (${app} in ${directory}); its output is above`, { cause: error });
  }
  if (!existsSync(join(output, "manifest.json")))
    throw new Error(`the app synthesized nothing (${app} in ${directory}); call synth() at the end of it`);
  const stacks = synthesizedStacks(output);
  if (!("GROUNDWORK_STACKS" in appEnvironment)) removeOthers(output, stacks);
  return stacks;
}

/** The `app` is a command line for the shell. */
function shell(command: string): { readonly command: string; readonly args: readonly string[] } {
  return process.platform === "win32"
    ? { command: "cmd.exe", args: ["/d", "/s", "/c", command] }
    : { command: "/bin/sh", args: ["-c", command] };
}

/** The environment that cdktf gives to an app: without the values of Terraform variables, which are known at apply only. */
function environmentOf({ output, context, localModules }: Project): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_VAR_"));
  const given = JSON.parse(process.env["CDKTF_CONTEXT_JSON"] ?? "{}") as object;
  return {
    ...Object.fromEntries(inherited),
    CDKTF_OUTDIR: output,
    CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
    CDKTF_CONTEXT_JSON: JSON.stringify({ ...context, ...given, cdktfRelativeModules: localModules }),
  };
}

function requestOf({ patterns = [], environment }: StackSelection): NodeJS.ProcessEnv {
  const requested = patterns.length > 0 || environment === undefined ? patterns : [`${environment}-*`];
  return requested.length === 0 ? {} : { GROUNDWORK_STACKS: requested.join(" ") };
}

function removeOthers(output: string, stacks: readonly SynthesizedStack[]): void {
  const directory = join(output, "stacks");
  const known = new Set(stacks.map(({ id }) => id));
  for (const name of existsSync(directory) ? readdirSync(directory) : [])
    if (!known.has(name)) rmSync(join(directory, name), { recursive: true });
}
