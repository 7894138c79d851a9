import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesBelow, ROOT, textOf } from "./support/repository";

const examples = filesBelow("examples", ".ts");

/** Examples that synthesize an app; the others are modules that they import. */
const programs = examples.filter((path) => textOf(path).includes("app.synth()"));

/** Runs an example; returns the synthesized stack. */
function run(example: string): Record<string, unknown> {
  const outdir = mkdtempSync(join(tmpdir(), "groundwork-example-"));
  process.env["CDKTF_OUTDIR"] = outdir;
  jest.spyOn(console, "log").mockImplementation(() => undefined);
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- examples are programs: loading one runs it
    require(join(ROOT, example));
  });
  const synthesized = JSON.parse(readFileSync(join(outdir, "stacks/example/cdk.tf.json"), "utf8")) as Record<
    string,
    unknown
  >;
  rmSync(outdir, { recursive: true });
  delete process.env["CDKTF_OUTDIR"];
  return synthesized;
}

describe("examples", () => {
  test.each(programs)("%s synthesizes and accepts the version of the AWS provider that was run", (example) => {
    const stack = run(example);
    expect(Object.keys(stack)).toEqual(expect.arrayContaining(["provider", "resource", "terraform"]));
    const { required_providers: providers } = stack["terraform"] as {
      required_providers: Record<string, { version: string }>;
    };
    expect([undefined, ">= 5.100.0, < 7.0.0"]).toContain(providers["aws"]?.version);
  });

  test.each(examples)("%s has at most 40 lines", (example) => {
    expect(textOf(example).split("\n").length).toBeLessThanOrEqual(41);
  });

  test("each TypeScript example in the README is identical to one of them", () => {
    const shown = [...textOf("README.md").matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1] ?? "");
    expect(shown.length).toBeGreaterThan(0);
    const texts = examples.map(textOf);
    expect(shown.filter((code) => !texts.includes(code))).toEqual([]);
  });
});
