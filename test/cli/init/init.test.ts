import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFiles } from "@groundwork/cli/init/init";
import { type FrameworkName, frameworkPackages } from "@groundwork/cli/init/frameworks";
import { manifest } from "@groundwork/cli/program/manifest";
import { runCli } from "../support/run-cli";

const parent = mkdtempSync(join(tmpdir(), "groundwork-init-"));
const frameworks: readonly FrameworkName[] = ["cdktf", "cdktn"];
const filesOf = (framework: FrameworkName) => projectFiles("my-app", frameworkPackages(framework, manifest()));

describe("groundwork init", () => {
  test("creates a project in a directory whose name has a space and non-ASCII characters", async () => {
    const directory = join(parent, "Mein Netz é 망");
    const { code, out } = await runCli("init", directory);
    expect(code).toBe(0);
    expect(out).toContain(`created 14 files in ${directory}\nnext:\n  cd `);
    expect(readdirSync(directory).sort()).toEqual([
      ...[".github", ".gitignore", ".gitlab-ci.yml", "README.md", "cdktf.json", "environments", "jest.config.js"],
      ...["main.ts", "network-stack.ts", "package.json", "scan-accepted.yml", "test", "tsconfig.json"],
    ]);
    const { name } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { name: string };
    expect(name).toBe("mein-netz-e");
  });

  test("rejects a directory that contains one of its files, and then writes none", async () => {
    const directory = join(parent, "existing");
    mkdirSync(directory);
    writeFileSync(join(directory, "notes.txt"), "kept");
    expect((await runCli("init", directory)).code).toBe(0);
    writeFileSync(join(directory, "main.ts"), "mine");
    const { code, err } = await runCli("init", directory);
    expect(code).toBe(1);
    expect(err).toMatch(/ already contains .*main\.ts.*; nothing was written, choose an empty directory$/);
    expect(readFileSync(join(directory, "main.ts"), "utf8")).toBe("mine");
    expect(existsSync(join(directory, "notes.txt"))).toBe(true);
  });

  test("fails for a directory whose name contains no letter or digit, unless a name is given", async () => {
    const directory = join(parent, "망");
    const { code, err } = await runCli("init", directory);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'error: "망" contains no letter or digit for the name of a package; add --name <name>',
    });
    expect((await runCli("init", directory, "--name", "network")).code).toBe(0);
  });
});

describe.each(frameworks)("a project with %s", (framework) => {
  const files = filesOf(framework);

  test("has no unreplaced value, and valid JSON", () => {
    expect(Object.entries(files).filter(([, text]) => text.includes("{{"))).toEqual([]);
    for (const path of ["package.json", "tsconfig.json", "cdktf.json"])
      expect(() => JSON.parse(files[path] ?? "") as unknown).not.toThrow();
  });

  test("depends on exactly the packages that it imports, in pinned versions", () => {
    const { dependencies } = JSON.parse(files["package.json"] ?? "") as { dependencies: Record<string, string> };
    const imported = Object.entries(files)
      .filter(([path]) => path.endsWith(".ts"))
      .flatMap(([, text]) => [...text.matchAll(/from "([^."][^"]*)"/g)].map((match) => match[1] ?? ""))
      .map((name) =>
        name
          .split("/")
          .slice(0, name.startsWith("@") ? 2 : 1)
          .join("/"),
      );
    expect([...new Set(imported)].sort()).toEqual(Object.keys(dependencies));
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(Object.keys(dependencies)).toContain(framework);
  });

  test("has a file list that a person reviews", () => {
    expect(Object.keys(files)).toMatchSnapshot();
    expect(files["package.json"]).toMatchSnapshot();
  });
});
