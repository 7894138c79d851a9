import { isObject } from "@groundwork/tooling/objects";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectDirectory } from "@groundwork/tooling/paths";

/** A CDKTF or cdktn project, as its `cdktf.json` describes it. */
export interface Project {
  /** Directory of the `cdktf.json`. */
  readonly directory: string;
  /** The command that synthesizes the stacks. */
  readonly app: string;
  /** Directory of the synthesized stacks. */
  readonly output: string;
  /** Values that the app reads from its context. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Terraform modules in directories of the project. */
  readonly localModules: readonly unknown[];
}

/** Reads the project of the working directory. */
export function readProject(directory: string = projectDirectory()): Project {
  const file = join(directory, "cdktf.json");
  const { app, output, context, terraformModules } = readObject(file);
  if (typeof app !== "string" || app.trim() === "")
    throw new Error(
      `${file} has no "app", the command that synthesizes the stacks; add it, for example "app": "npx ts-node main.ts"`,
    );
  return {
    directory,
    app,
    output: typeof output === "string" ? resolve(directory, output) : outputOf(directory),
    context: isObject(context) ? context : {},
    localModules: Array.isArray(terraformModules) ? terraformModules.filter(isLocalModule) : [],
  };
}

/** Whether a project is a clone of the Groundwork repository. */
export function isRepository({ directory }: Pick<Project, "directory">): boolean {
  return (
    existsSync(join(directory, "stacks/environments/local.ts")) && existsSync(join(directory, "pipelines/race.yml"))
  );
}

/** A test runs commands of this repository with output in its own directory. */
function outputOf(directory: string): string {
  return join(process.env["GROUNDWORK_HOME"] ?? directory, "cdktf.out");
}

function readObject(file: string): Readonly<Record<string, unknown>> {
  const value = parse(file);
  if (!isObject(value)) throw new Error(`${file} is not a JSON object; it needs at least "language" and "app"`);
  return value;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${file} is not valid JSON (${error.message}); correct it`, { cause: error });
  }
}

/** A module is its source, or an object with it. */
function isLocalModule(module: unknown): boolean {
  const source = isObject(module) ? module["source"] : module;
  return typeof source === "string" && /^\.\.?\//.test(source);
}
