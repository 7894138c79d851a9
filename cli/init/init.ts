import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { shellPath } from "@groundwork/constructs/core/quoting";
import { packageDirectory } from "@groundwork/tooling/paths";
import type { Io } from "../program/io";
import { manifest } from "../program/manifest";
import { type Framework, frameworkPackages, type FrameworkName } from "./frameworks";

/** Options of `groundwork init`. */
export interface InitOptions {
  readonly framework: FrameworkName;
  readonly name?: string;
}

/** Files whose names start with a dot, which npm would not pack. */
const DOT_FILES = new Set(["gitignore", "gitlab-ci.yml", "github/workflows/test.yml"]);

const ENDING = ".template";

/** Runs `groundwork init`: creates a project; no existing file is changed. Returns the exit code. */
export function initCommand(target: string | undefined, { framework, name }: InitOptions, io: Io): Promise<number> {
  const directory = resolve(target ?? ".");
  const files = projectFiles(readName(name ?? basename(directory)), frameworkPackages(framework, manifest()));
  rejectExisting(directory, Object.keys(files));
  for (const [path, text] of Object.entries(files)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    // Fails for a file that another program has created in the meantime.
    writeFileSync(file, text, { flag: "wx" });
  }
  const shown = relative(process.cwd(), directory);
  io.out(`created ${Object.keys(files).length} files in ${directory}`);
  io.out("next:");
  if (shown !== "") io.out(`  cd ${shellPath(shown)}`);
  for (const line of ["npm install", "npm test", "npx groundwork synth", "npx groundwork prove"]) io.out(`  ${line}`);
  return Promise.resolve(0);
}

/** Paths and texts of the files of a project. */
export function projectFiles(name: string, packages: Framework): Readonly<Record<string, string>> {
  const templates = join(packageDirectory(__dirname), "templates/project");
  const values: Readonly<Record<string, string>> = {
    name,
    framework: packages.framework,
    provider: packages.provider,
    library: packages.library,
    cli: packages.cli,
    node: packages.node,
    dependencies: nestedJson(packages.dependencies),
    devDependencies: nestedJson(packages.devDependencies),
  };
  return Object.fromEntries(
    templateFiles(templates).map((path) => {
      const text = readFileSync(join(templates, path), "utf8");
      const target = path.slice(0, -ENDING.length);
      return [
        DOT_FILES.has(target) ? `.${target}` : target,
        text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => valueOf(values, key)),
      ];
    }),
  );
}

function valueOf(values: Readonly<Record<string, string>>, key: string): string {
  const value = values[key];
  if (value === undefined) throw new Error(`the templates contain the unknown value {{${key}}}`);
  return value;
}

/** Paths below the directory, with slashes on every system. */
function templateFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(ENDING))
    .sort();
}

/** The name of an npm package and of a project; a directory's name may contain other characters. */
function readName(text: string): string {
  const name = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (name === "")
    throw new Error(`"${text}" contains no letter or digit for the name of a package; add --name <name>`);
  return name;
}

function rejectExisting(directory: string, paths: readonly string[]): void {
  const existing = paths.filter((path) => existsSync(join(directory, path)));
  if (existing.length > 0)
    throw new Error(
      `${directory} already contains ${existing.join(", ")}; nothing was written, choose an empty directory`,
    );
}

/** JSON as a value within another object. */
function nestedJson(value: object): string {
  return JSON.stringify(value, undefined, 2).replaceAll("\n", "\n  ");
}
