import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outdated, requirePython, requireTerraform } from "@groundwork/tooling/required-program";

const path = process.env["PATH"];

afterEach(() => {
  process.env["PATH"] = path;
});

/** A directory of programs that print a version, as the only one in PATH. */
function onlyPrograms(programs: Readonly<Record<string, string>>): void {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-programs-"));
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(directory, name), `#!/bin/sh\necho "${text}"\n`, { mode: 0o755 });
  process.env["PATH"] = directory;
}

describe("a required program", () => {
  test.each([
    ["Terraform v1.11.0", undefined],
    ["OpenTofu v1.12.3", undefined],
    ["Terraform v2.0.0", undefined],
    ["Terraform v1.5.7", "1.5.7 is installed"],
    ["unreadable", "an unknown version is installed"],
  ])("%s: %s", (text, problem) => {
    expect(outdated(text, [1, 11])).toBe(problem);
  });

  test("that is missing or too old is an error with the version found and a fix", () => {
    onlyPrograms({});
    expect(requireTerraform).toThrow(/^neither terraform nor tofu is installed; install Terraform ≥ 1.11 from /);
    expect(requirePython).toThrow(/^python3 ≥ 3\.10 is required and is not installed; install it from python\.org/);
    onlyPrograms({ terraform: "Terraform v1.5.7", python3: "Python 3.8.1" });
    expect(requireTerraform).toThrow(/^terraform ≥ 1\.11 is required and 1\.5\.7 is installed; install it from /);
    expect(requirePython).toThrow(/^python3 ≥ 3\.10 is required and 3\.8\.1 is installed; /);
  });

  test("that is new enough is accepted, OpenTofu in place of Terraform", () => {
    onlyPrograms({ tofu: "OpenTofu v1.11.6", python3: "Python 3.12.1" });
    expect(requireTerraform).not.toThrow();
    expect(requirePython).not.toThrow();
  });
});
