import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/repository";

/** A clone without packages, as far as scripts read it before the installation, and an npm that only fails. */
const clone = mkdtempSync(join(tmpdir(), "groundwork-fresh-clone-"));
const programs = join(clone, "programs");

beforeAll(() => {
  for (const path of ["scripts", "bench", "package.json", "package-lock.json", "cli/package.json"])
    cpSync(join(ROOT, path), join(clone, path), { recursive: true });
  mkdirSync(programs);
  writeFileSync(join(programs, "npm"), "#!/bin/sh\nexit 3\n");
  chmodSync(join(programs, "npm"), 0o755);
});

afterAll(() => rmSync(clone, { recursive: true }));

const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

test.each(Object.entries(scripts))("npm run %s installs the packages of a fresh clone first", (_, command) => {
  const [, script = ""] = /^node (\S+)$/.exec(command) ?? [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    cwd: clone,
    encoding: "utf8",
    env: { ...process.env, PATH: `${programs}:${process.env["PATH"] ?? ""}` },
  });
  expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: "installing npm packages (npm ci)\n", stderr: "" });
});
