import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type typescript from "typescript";
import { lockFile, readLock } from "../images/image-lock";
import type { Project } from "../project/project";
import type { CheckedValue, Row } from "./row";
import { rowsOf } from "./rows";
import { compileStacks } from "./type-errors";

/** What the compiled stacks of a project export for this command. */
interface CompiledStacks {
  readonly environmentData: Readonly<Record<string, unknown>>;
  readonly checkEnvironments: (
    data: Readonly<Record<string, unknown>>,
    locked: Readonly<Record<string, readonly string[]>>,
  ) => readonly CheckedValue[];
}

/** The result of a check. */
export interface EnvironmentCheck {
  /** Names of the environments' files. */
  readonly environments: readonly string[];
  readonly rows: readonly Row[];
}

/** Compiles the environments of a project and checks them; type errors and mistakes together. */
export async function checkProject(project: Project, abort: AbortSignal): Promise<EnvironmentCheck> {
  const { directory } = project;
  if (!existsSync(join(directory, "stacks/check/check.ts")))
    throw new Error(
      `${directory} has no stacks/environments; this command checks the environments of a clone of Groundwork, use groundwork synth instead`,
    );
  const typeErrors = await compileStacks(project, abort);
  const load = createRequire(join(directory, "package.json"));
  const ts = load("typescript") as typeof typescript;
  const { environmentData, checkEnvironments } = readStacks(load);
  const environments = Object.keys(environmentData);
  const locked = environments.map((name) => [name, Object.keys(readLock(lockFile(directory, name)))] as const);
  const values = checkEnvironments(environmentData, Object.fromEntries(locked));
  return { environments, rows: rowsOf({ ts, directory, values, typeErrors }) };
}

function readStacks(load: NodeJS.Require): CompiledStacks {
  const { environmentData } = load("./stacks/lib/environments/index.js") as CompiledStacks;
  const { checkEnvironments } = load("./stacks/lib/check/check.js") as CompiledStacks;
  return { environmentData, checkEnvironments };
}
