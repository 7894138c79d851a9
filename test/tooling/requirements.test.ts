import { execFileSync } from "node:child_process";
import { filesBelow, ROOT, textOf } from "../support/repository";

interface Requirement {
  readonly pin: string;
  readonly hashes: readonly string[];
}

/** The packages of a requirements file: `moto==5.2.1`, and the hashes of its files. */
function requirementsOf(file: string): readonly Requirement[] {
  const lines = textOf(file)
    .replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => !/^\s*(#|$)/.test(line));
  return lines.map((line) => {
    const [pin = "", ...rest] = line.split(/\s+/);
    return { pin, hashes: rest.filter((word) => word.startsWith("--hash=")) };
  });
}

const FILES = filesBelow("tooling", ".txt").filter((file) => file.includes("requirements"));

describe("Python packages", () => {
  test.each(FILES)("of %s have an exact version and hashes of their files", (file) => {
    const requirements = requirementsOf(file);
    expect(requirements.length).toBeGreaterThan(0);
    const unpinned = requirements.filter(
      ({ pin, hashes }) =>
        !/^[a-z0-9._-]+==[\w.]+$/.test(pin) ||
        hashes.length === 0 ||
        hashes.some((hash) => !/^--hash=sha256:[0-9a-f]{64}$/.test(hash)),
    );
    expect(unpinned).toEqual([]);
  });

  test("are all generated from the list of direct dependencies", () => {
    const direct = textOf("tooling/requirements.in")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.replace(/\[.*?\]/, ""));
    const pins = requirementsOf("tooling/requirements.txt").map(({ pin }) => pin);
    expect(direct.filter((pin) => !pins.includes(pin))).toEqual([]);
  });

  test("are installed after a comparison of their hashes only, and run nothing during the installation", () => {
    const calling = execFileSync(
      "git",
      ["grep", "-lE", 'pip3? install|"pip",$', "--", "*.ts", "*.mjs", "*.sh", "*.py", "*.yml"],
      {
        cwd: ROOT,
        encoding: "utf8",
      },
    );
    const callers = calling.split("\n").filter((file) => file !== "" && !file.startsWith("test/"));
    expect(callers).toContain("tooling/python.ts");
    const unverified = callers.filter(
      (file) => !textOf(file).includes("--require-hashes") || !textOf(file).includes("--only-binary"),
    );
    expect(unverified.filter((file) => file !== "constructs/kpaas/plan/release/installer-requirements.ts")).toEqual([]);
  });
});
