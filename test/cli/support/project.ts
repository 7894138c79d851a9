import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const directories: string[] = [];
const start = process.cwd();

/** Creates a project and makes it the working directory; the name of its directory has a space and non-ASCII characters. */
export function enterProject(settings: object, files: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), "프로젝트 à tester "));
  directories.push(directory);
  writeFileSync(join(directory, "cdktf.json"), JSON.stringify(settings));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  process.chdir(directory);
  return process.cwd();
}

/** Returns to the first working directory and deletes the projects. */
export function leaveProjects(): void {
  process.chdir(start);
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
}

/** An app that synthesizes the given stacks without a framework. */
export function appOf(stacks: Readonly<Record<string, object>>): string {
  return `const fs = require("fs"), path = require("path");
const out = process.env.CDKTF_OUTDIR, stacks = ${JSON.stringify(stacks)};
for (const id of Object.keys(stacks)) {
  fs.mkdirSync(path.join(out, "stacks", id), { recursive: true });
  fs.writeFileSync(path.join(out, "stacks", id, "cdk.tf.json"), JSON.stringify({ terraform: {}, ...stacks[id] }));
}
const entry = (id) => [id, { name: id, workingDirectory: "stacks/" + id, dependencies: [] }];
fs.writeFileSync(path.join(out, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(Object.keys(stacks).map(entry)) }));
`;
}
