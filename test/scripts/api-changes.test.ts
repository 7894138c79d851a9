import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/repository";

/** A repository with a report and a changelog. */
function repository() {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-api-"));
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: directory });
  const write = (path: string, text: string) => writeFileSync(join(directory, path), text);
  const commit = () => {
    git("add", ".");
    git("commit", "-qm", "change");
  };
  mkdirSync(join(directory, "api"));
  mkdirSync(join(directory, ".changeset"));
  git("init", "-q");
  write("api/core.api.md", "one");
  write("CHANGELOG.md", "one");
  commit();
  const script = `import(${JSON.stringify(join(ROOT, "scripts/api-changes.mjs"))}).then(({ missingEntry }) => console.log(missingEntry(process.argv[1], "api").join("\\n")))`;
  const missing = () => execFileSync(process.execPath, ["-e", script, directory], { encoding: "utf8" }).trim();
  return { write, commit, missing };
}

describe("a change of the public API", () => {
  test("requires an entry of the changelog, committed or not", () => {
    const { write, commit, missing } = repository();
    expect(missing()).toBe("");
    write("api/core.api.md", "two");
    expect(missing()).toMatch(
      /changed after the last entry .*: api\/core\.api\.md; describe the change in CHANGELOG\.md/,
    );
    commit();
    expect(missing()).toMatch(/api\/core\.api\.md/);
    write("CHANGELOG.md", "two");
    expect(missing()).toBe("");
    commit();
    expect(missing()).toBe("");
  });

  test("may have a changeset in place of it, and includes new reports", () => {
    const { write, commit, missing } = repository();
    write("api/boot.api.md", "new");
    expect(missing()).toMatch(/api\/boot\.api\.md/);
    write(".changeset/new.md", "entry");
    commit();
    expect(missing()).toBe("");
  });
});
