import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./support/repository";

interface Snippet {
  readonly name: string;
  readonly text: string;
}

/** The examples of the construct pages as programs. The consumer test compiles the same programs against the packed library. */
const PRINT = `import("./scripts/consumer/snippets.mjs").then(({ snippets }) => console.log(JSON.stringify(snippets())))`;
const snippets = JSON.parse(
  execFileSync(process.execPath, ["-e", PRINT], { cwd: ROOT, encoding: "utf8" }),
) as Snippet[];

/** Reads a file that an earlier synthesis wrote. */
const READING = ["manifest"];

let directory: string;
beforeAll(() => {
  const parent = join(ROOT, ".groundwork/tests");
  mkdirSync(parent, { recursive: true });
  // Below the repository, where its packages are found.
  directory = mkdtempSync(join(parent, "snippets-"));
  process.env["CDKTF_OUTDIR"] = join(directory, "cdktf.out");
  jest.spyOn(console, "log").mockImplementation(() => undefined);
});
afterAll(() => {
  delete process.env["CDKTF_OUTDIR"];
  rmSync(directory, { recursive: true });
});

test.each(snippets.filter(({ name }) => !READING.includes(name)))(
  "the example on the page $name synthesizes",
  ({ name, text }) => {
    const program = join(directory, `${name}.ts`);
    writeFileSync(program, text);
    expect(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the examples are programs: loading one runs it
      require(program);
    }).not.toThrow();
  },
);
