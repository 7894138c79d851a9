import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/repository";

/** Runs a check of code a number of times, each after a change; reports which runs ran it. */
const SCRIPT = `
import { writeFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
const { PassedChecks } = await import(${JSON.stringify(join(ROOT, "scripts/passed-checks.mjs"))});
const { check, changes } = JSON.parse(process.argv[1]);
console.log = () => undefined;
const ran = [];
for (const { write = {}, remove = [], commit, code = 0, whileRunning } of changes) {
  for (const [path, text] of Object.entries(write)) writeFileSync(path, text);
  for (const path of remove) rmSync(path);
  if (commit) execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qam", "change", "--allow-empty"]);
  let runs = 0;
  const run = async () => {
    runs++;
    if (whileRunning) writeFileSync("one.ts", whileRunning);
    return code;
  };
  const result = await new PassedChecks(process.cwd()).run({ name: "lint", run, ...(check.code ? { reads: (path) => !path.endsWith(".md") } : {}), readsHistory: check.history });
  ran.push(runs === 1 ? result : "skipped");
}
process.stdout.write(JSON.stringify(ran));
`;

interface Change {
  readonly write?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly commit?: boolean;
  readonly code?: number;
  readonly whileRunning?: string;
}

/** The exit codes of the runs, or `skipped`. */
function outcomes(changes: readonly Change[], check: object = {}, isRepository = true): unknown {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-checks-"));
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: directory });
  mkdirSync(join(directory, "node_modules"));
  writeFileSync(join(directory, ".gitignore"), "node_modules/\nlib/\n.groundwork/\n");
  writeFileSync(join(directory, "one.ts"), "1");
  if (isRepository) {
    git("init", "-q");
    git("add", ".");
  }
  const args = ["--input-type=module", "-e", SCRIPT, JSON.stringify({ changes, check })];
  const output = execFileSync(process.execPath, args, {
    cwd: directory,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  rmSync(directory, { recursive: true });
  return JSON.parse(output);
}

describe("a check that passed", () => {
  test("is skipped with the same inputs, and runs again after each change of one", () => {
    const changes = [
      {},
      {},
      { write: { "one.ts": "2" } },
      { write: { "two.ts": "1" } },
      {},
      { remove: ["one.ts"] },
      { write: { "node_modules/.package-lock.json": "{}" } },
      { commit: true },
    ];
    expect(outcomes(changes)).toEqual([0, "skipped", 0, 0, "skipped", 0, 0, "skipped"]);
  });

  test("runs again until it passes", () => {
    expect(outcomes([{ code: 1 }, { code: 1 }, {}, {}])).toEqual([1, 1, 0, "skipped"]);
  });

  test("is skipped when only files changed that it does not read", () => {
    expect(outcomes([{}, { write: { "one.md": "1" } }, { write: { "one.ts": "2" } }], { code: true })).toEqual([
      0,
      "skipped",
      0,
    ]);
  });

  test("runs again after a commit if it reads the history", () => {
    expect(outcomes([{ commit: true }, {}, { commit: true }], { history: true })).toEqual([0, "skipped", 0]);
  });

  test("runs again when a file changed while it ran", () => {
    expect(outcomes([{ whileRunning: "2" }, {}, {}])).toEqual([0, 0, "skipped"]);
  });

  test("always runs without git", () => {
    expect(outcomes([{}, {}], {}, false)).toEqual([0, 0]);
  });
});
