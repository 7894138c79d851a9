import { join } from "node:path";
import { readProject } from "@groundwork/cli/project/project";
import { runCli } from "../support/run-cli";
import { enterProject, leaveProjects } from "../support/project";

afterEach(leaveProjects);

describe("a project", () => {
  test("is read from the nearest cdktf.json", () => {
    const directory = enterProject({
      app: "node main.js",
      context: { excludeStackIdFromLogicalIds: "true" },
      terraformModules: ["./modules/a", "terraform-aws-modules/vpc/aws@5", { name: "b", source: "../b" }],
    });
    expect(readProject()).toEqual({
      directory,
      app: "node main.js",
      output: join(directory, "cdktf.out"),
      context: { excludeStackIdFromLogicalIds: "true" },
      localModules: ["./modules/a", { name: "b", source: "../b" }],
    });
  });

  test("has the output directory of its cdktf.json", () => {
    const directory = enterProject({ app: "a", output: "build/out" });
    expect(readProject().output).toBe(join(directory, "build/out"));
  });

  test.each([
    ["{", /cdktf\.json is not valid JSON \(.*\); correct it$/],
    ["[]", /cdktf\.json is not a JSON object; it needs at least "language" and "app"$/],
    ['{"app": " "}', /cdktf\.json has no "app", the command that synthesizes the stacks; add it, for example/],
  ])("is rejected for the cdktf.json %s", (text, message) => {
    enterProject({}, { "cdktf.json": text });
    expect(() => readProject()).toThrow(message);
  });

  test.each(["synth", "times", "scan", "local up", "local down", "local status", "demo", "orphans", "sweep"])(
    "is required by groundwork %s",
    async (words) => {
      process.chdir("/");
      const { code, err } = await runCli(...words.split(" "));
      expect({ code, err }).toEqual({
        code: 1,
        err: "error: no cdktf.json in / or above it; change to the directory of your project, or create one with npx groundwork init",
      });
    },
  );

  test("other than a clone of Groundwork has no demo", async () => {
    enterProject({ app: "a" });
    const { code, err } = await runCli("demo");
    expect(code).toBe(1);
    expect(err).toMatch(
      /^error: groundwork demo runs in a clone of the Groundwork repository, and .* is another project/,
    );
  });
});
