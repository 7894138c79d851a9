import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { ROOT } from "../support/repository";

const directory = mkdtempSync(join(tmpdir(), "groundwork-lazy-modules-"));
afterAll(() => rmSync(directory, { recursive: true }));

const SOURCES = {
  "index.ts": `// The package.
export * from "./machines";
export { LIMIT, type Limit } from "./limit";
export type { Zone } from "./zone";
`,
  "machines/index.ts": `export * from "./machine";\nexport * from "./disk";\n`,
  "machines/machine.ts": `import { Disk } from "./disk";
import { LIMIT } from "../limit";
console.log("machine loaded");
export class Machine { readonly disk = new Disk(LIMIT); }
`,
  "machines/disk.ts": `console.log("disk loaded");\nexport class Disk { constructor(readonly size: number) {} }\n`,
  "limit.ts": `console.log("limit loaded");\nexport const LIMIT = 10;\nexport type Limit = number;\n`,
  "zone.ts": `console.log("zone loaded");\nexport interface Zone {}\n`,
};

function compile(path: string, source: string): void {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  for (const [file, text] of [
    [join(directory, path), source],
    [join(directory, "lib", path.replace(/\.ts$/, ".js")), outputText],
  ] as const) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function makeLazy(): void {
  const script = `import(${JSON.stringify(join(ROOT, "scripts/lazy-modules.mjs"))}).then(({ makePackageLazy }) => makePackageLazy(process.argv[1]))`;
  execFileSync(process.execPath, ["-e", script, directory]);
}

/** What a program prints that uses the package as `machines`. */
function printed(statement: string, { type = "commonjs" } = {}): readonly string[] {
  const args = [`--input-type=${type}`, "-e", statement];
  return execFileSync(process.execPath, args, { cwd: directory, encoding: "utf8" }).trim().split("\n");
}

describe("modules that are loaded when they are used", () => {
  beforeAll(() => {
    for (const [path, source] of Object.entries(SOURCES)) compile(path, source);
    makeLazy();
  });

  test("are not loaded with an index, and only those that a program uses are loaded", () => {
    const load = `const machines = require("./lib");`;
    expect(printed(`${load} console.log(Object.keys(machines).join());`)).toEqual(["Machine,Disk,LIMIT"]);
    expect(printed(`${load} console.log(machines.LIMIT, machines.LIMIT);`)).toEqual(["limit loaded", "10 10"]);
  });

  test("are loaded by other modules when these use them", () => {
    expect(
      printed(`const { Machine } = require("./lib"); console.log("construct"); console.log(new Machine());`),
    ).toEqual(["machine loaded", "construct", "disk loaded", "limit loaded", "Machine { disk: Disk { size: 10 } }"]);
  });

  test("can be imported by name in ECMAScript modules", () => {
    const statement = `import { Machine, LIMIT } from "./lib/index.js"; console.log(new Machine().disk.size === LIMIT);`;
    expect(printed(statement, { type: "module" }).at(-1)).toBe("true");
  });

  test("are rewritten once", () => {
    const file = join(directory, "lib/machines/machine.js");
    const before = readFileSync(file, "utf8");
    makeLazy();
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test("get the exports that a source has since then, in an index that the compiler did not write again", () => {
    compile("machines/disk.ts", `${SOURCES["machines/disk.ts"]}export const SIZES = [1, 2];\n`);
    makeLazy();
    expect(printed(`console.log(require("./lib").SIZES.length);`).at(-1)).toBe("2");
  });

  test("are rewritten when the compiler's record is newer than the last rewriting", () => {
    const record = join(directory, "lib/tsconfig.tsbuildinfo");
    writeFileSync(record, "");
    makeLazy();
    compile("machines/disk.ts", `${SOURCES["machines/disk.ts"]}export const SIZES = [1, 2], UNIT = "GiB";\n`);
    makeLazy();
    const load = `console.log("UNIT" in require("./lib"));`;
    expect(printed(load)).toEqual(["false"]);
    writeFileSync(record, "");
    makeLazy();
    expect(printed(load)).toEqual(["true"]);
    rmSync(record);
  });

  test("leave an index alone that has other statements", () => {
    compile("index.ts", `${SOURCES["index.ts"]}console.log("index loaded");\n`);
    makeLazy();
    expect(printed(`require("./lib");`)).toContain("index loaded");
  });
});
