import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { moveScripts } from "@groundwork/tooling/python";

describe("an environment of Python packages that was created elsewhere", () => {
  let directory: string;

  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), "groundwork-python-")), "python-0123");
    mkdirSync(join(directory, "bin"), { recursive: true });
  });

  afterEach(() => {
    rmSync(join(directory, ".."), { recursive: true, force: true });
  });

  test("has scripts that start its own interpreter, and stay executable", () => {
    const aws = join(directory, "bin/aws");
    writeFileSync(aws, `#!${directory}.AbC123/bin/python\nimport awscli\n`, { mode: 0o755 });
    writeFileSync(join(directory, "bin/activate"), `VIRTUAL_ENV='${directory}.AbC123'\n`);
    moveScripts(directory);
    expect(readFileSync(aws, "utf8")).toBe(`#!${directory}/bin/python\nimport awscli\n`);
    expect(statSync(aws).mode & 0o111).not.toBe(0);
    expect(readFileSync(join(directory, "bin/activate"), "utf8")).toBe(`VIRTUAL_ENV='${directory}'\n`);
  });

  test("keeps scripts of other interpreters and large programs", () => {
    const other = "#!/usr/bin/env python3\n";
    const large = `${directory}.AbC123/${"x".repeat(100_000)}`;
    writeFileSync(join(directory, "bin/other"), other);
    writeFileSync(join(directory, "bin/large"), large);
    moveScripts(directory);
    expect(readFileSync(join(directory, "bin/other"), "utf8")).toBe(other);
    expect(readFileSync(join(directory, "bin/large"), "utf8")).toBe(large);
  });
});
