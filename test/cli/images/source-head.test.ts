import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceHead } from "@groundwork/cli/images/source-head";

describe("the commit of a revision", () => {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-source-"));
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", directory, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      encoding: "utf8",
    }).trim();
  const { signal } = new AbortController();

  beforeAll(() => {
    git("init", "--quiet", "--initial-branch=main");
    git("commit", "--quiet", "--allow-empty", "--message=first");
    git("tag", "--annotate", "v1", "--message=v1");
    git("commit", "--quiet", "--allow-empty", "--message=second");
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  test("is the newest of a branch, and the one behind an annotated tag", async () => {
    expect(await sourceHead(directory, "main", signal)).toBe(git("rev-parse", "main"));
    expect(await sourceHead(directory, "v1", signal)).toBe(git("rev-parse", "v1^{commit}"));
  });

  test("is the revision itself when it is a complete hash, without a look at the source", async () => {
    expect(await sourceHead("https://source.invalid/a", "c".repeat(40), signal)).toBe("c".repeat(40));
  });

  test("fails for a branch that does not exist", async () => {
    await expect(sourceHead(directory, "other", signal)).rejects.toThrow(/has no branch and no tag other/);
  });
});
