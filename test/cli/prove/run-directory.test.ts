import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyStacks, createRunDirectory } from "@groundwork/cli/prove/run-directory";

function createProject(): string {
  const project = mkdtempSync(join(tmpdir(), "프로젝트 à tester "));
  mkdirSync(join(project, "functions"));
  writeFileSync(join(project, "functions/index.js"), "code");
  writeFileSync(join(project, "cdktf.json"), "{}");
  return project;
}

describe("createRunDirectory", () => {
  test("keeps relative paths from a stack to files of the project valid", async () => {
    const project = createProject();
    mkdirSync(join(project, "build/templates"), { recursive: true });
    writeFileSync(join(project, "build/templates/a.txt"), "text");
    for (const [output, path] of [
      ["cdktf.out", "../../../functions/index.js"],
      ["build/cdktf.out", "../../../../functions/index.js"],
      ["build/cdktf.out", "../../../templates/a.txt"],
    ] as const) {
      const run = await createRunDirectory({ project, output: join(project, output) });
      const stack = join(run.output, "stacks/shop");
      mkdirSync(stack, { recursive: true });
      expect(readFileSync(join(stack, path), "utf8")).toBe(
        readFileSync(join(project, output, "stacks/shop", path), "utf8"),
      );
      await run.remove();
    }
    expect(readdirSync(join(project, ".groundwork/prove"))).toEqual([]);
    expect(readFileSync(join(project, "functions/index.js"), "utf8")).toBe("code");
  });

  test("removes the directory of a run that was killed, and not that of a run in progress", async () => {
    const project = createProject();
    const props = { project, output: join(project, "cdktf.out") };
    const running = await createRunDirectory(props);
    const killed = join(project, ".groundwork/prove/0000dead");
    mkdirSync(killed);
    writeFileSync(`${killed}.lock`, JSON.stringify({ pid: 1, startedAt: "another process" }));
    const next = await createRunDirectory(props);
    expect(existsSync(killed)).toBe(false);
    expect(existsSync(`${killed}.lock`)).toBe(false);
    expect(existsSync(running.output)).toBe(true);
    await Promise.all([running.remove(), next.remove()]);
    expect(readdirSync(join(project, ".groundwork/prove"))).toEqual([]);
  });

  test("accepts an output directory outside of the project, and no project", async () => {
    const output = join(mkdtempSync(join(tmpdir(), "groundwork-elsewhere-")), "out");
    for (const project of [createProject(), undefined]) {
      const run = await createRunDirectory({ project, output });
      expect(readdirSync(run.output)).toEqual([]);
      await run.remove();
      expect(existsSync(run.output)).toBe(false);
    }
  });
});

describe("copyStacks", () => {
  test("copies stacks and their assets, and their lock files, without states and providers", () => {
    const [from, to] = [mkdtempSync(join(tmpdir(), "groundwork-from-")), mkdtempSync(join(tmpdir(), "groundwork-to-"))];
    const stack = join(from, "stacks/shop");
    for (const directory of ["assets/Code", ".terraform/providers"])
      mkdirSync(join(stack, directory), { recursive: true });
    for (const file of [
      ...["cdk.tf.json", "assets/Code/index.js", ".terraform/providers/aws", ".terraform.lock.hcl"],
      ...["terraform.tfstate", "terraform.tfstate.backup"],
    ])
      writeFileSync(join(stack, file), file);
    copyStacks(from, to);
    const files = readdirSync(to, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).sort()).toEqual([".terraform.lock.hcl", "cdk.tf.json", "index.js"]);
  });
});
