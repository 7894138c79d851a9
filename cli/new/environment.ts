import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type typescript from "typescript";
import { compileStacks } from "../check/type-errors";
import { interruptible } from "../program/interruptible";
import type { Io } from "../program/io";
import { type Project, readProject } from "../project/project";
import { ask } from "./ask";
import { EnvironmentFile, isReserved, variableOf, withEntry } from "./environment-file";

/** Options of `groundwork new environment`. */
export interface NewEnvironmentOptions {
  readonly from?: string;
  readonly account?: string;
  readonly stateBucket?: string;
}

type Data = Readonly<Record<string, unknown>>;

/** What the compiled stacks of a project export for this command. */
interface CompiledStacks {
  readonly environmentData: Readonly<Record<string, Data>>;
  readonly recommended: Data;
  readonly copiedValues: (
    data: Data,
    props: { name: string; account?: string | undefined; bucket?: string | undefined; existing: readonly Data[] },
  ) => ReadonlyMap<string, string>;
}

/** The form of an environment's name, a part of the ids of its stacks. */
const NAME = /^[a-z][a-z0-9-]{0,11}$/;

/** Runs `groundwork new environment`: copies an environment with names and blocks of its own. Returns the exit code. */
export function newEnvironmentCommand(name: string, options: NewEnvironmentOptions, io: Io): Promise<number> {
  return interruptible(io, "interrupted", async (abort) => {
    const project = readProject();
    const directory = join(project.directory, "stacks/environments");
    checkName(directory, name);
    await compileStacks(project, abort);
    const load = createRequire(join(project.directory, "package.json"));
    const source = sourceOf(load, options.from);
    const input = await inputOf(source.data, options);
    const values = source.copiedValues(source.data, { name, ...input, existing: source.existing });

    const file = new EnvironmentFile(load("typescript") as typeof typescript, readText(directory, source.file));
    writeFileSync(join(directory, `${name}.ts`), file.with(name, values));
    writeFileSync(join(directory, "index.ts"), withEntry(readText(directory, "index"), name));
    io.out(reportOf(project, name, values));
    return 0;
  });
}

function checkName(directory: string, name: string): void {
  if (!existsSync(join(directory, "index.ts")))
    throw new Error(`${directory} does not exist; this command adds an environment to a clone of Groundwork`);
  if (!NAME.test(name) || name === "index" || isReserved(name))
    throw new Error(
      `name "${name}"; use up to 12 lower-case letters, digits and hyphens, beginning with a letter, and no keyword`,
    );
  if (existsSync(join(directory, `${name}.ts`)))
    throw new Error(`${join(directory, `${name}.ts`)} exists; use another name`);
}

/** The data and the file that are copied. */
function sourceOf(load: NodeJS.Require, from: string | undefined) {
  const { environmentData } = load("./stacks/lib/environments/index.js") as CompiledStacks;
  const { recommended } = load("./stacks/lib/environments/recommended.js") as CompiledStacks;
  const { copiedValues } = load("./stacks/lib/environments/copy.js") as CompiledStacks;
  const existing = Object.values(environmentData);
  if (from === undefined) return { data: recommended, file: "recommended", existing, copiedValues };
  const data = Object.hasOwn(environmentData, from) ? environmentData[from] : undefined;
  if (data === undefined)
    throw new Error(`no environment "${from}"; known: ${Object.keys(environmentData).join(", ")}`);
  return { data, file: from, existing, copiedValues };
}

/** The account and the bucket: from the options, or from the person at the terminal. */
async function inputOf(data: Data, { account, stateBucket }: NewEnvironmentOptions) {
  const { aws, backend } = data as { aws?: { account?: string }; backend?: { bucket?: string } };
  return {
    account: account ?? (await ask("AWS account", aws?.account)),
    bucket: stateBucket ?? (backend?.bucket === undefined ? undefined : await ask("state bucket", backend.bucket)),
  };
}

function readText(directory: string, name: string): string {
  return readFileSync(join(directory, `${name}.ts`), "utf8");
}

function reportOf({ directory }: Project, name: string, values: ReadonlyMap<string, string>): readonly string[] {
  const changes = [...values].map(([key, value]) => `  ${key}: ${value}`);
  return [
    `wrote ${join(directory, "stacks/environments", `${name}.ts`)} (${variableOf(name)}) and its entry in index.ts; its own values:`,
    ...changes,
    `next: review them, then npx groundwork check ${name}`,
  ];
}
