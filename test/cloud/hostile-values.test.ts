import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { readCloudConfig } from "../support/boot-root";
import { FIRST_BOOTS, type Generator, PIPELINES, placesOf, withText } from "../support/generators";
import { HOSTILE } from "../support/hostile";

/** Programs of the pipelines. Each stand-in records its name and the number of its arguments. */
const PROGRAMS = ["aws", "kubectl", "podman", "npm", "npx", "find", "git"];

/** The number of arguments, with a value that is joined to its option as one of its own: `--include=-x`. */
const COUNT = "count=$#; for argument; do [[ $argument != --*=-* ]] || count=$((count + 1)); done";

/** A directory in which generated scripts run, with nothing but stand-ins and bash in PATH. */
class Sandbox {
  readonly directory = mkdtempSync(join(tmpdir(), "groundwork-hostile-"));
  private readonly bin = mkdtempSync(join(tmpdir(), "groundwork-hostile-bin-"));

  constructor() {
    for (const program of PROGRAMS) {
      const file = join(this.bin, program);
      writeFileSync(file, `#!/bin/bash\n${COUNT}\nprintf '%s %s\\n' ${program} "$count" >>"$CALLS"\n`);
      chmodSync(file, 0o755);
    }
    for (const program of ["touch", "cat", "wc"]) {
      const file = join(this.bin, program);
      writeFileSync(file, `#!/bin/bash\nexec /usr/bin/${program} "$@"\n`);
      chmodSync(file, 0o755);
    }
  }

  /** Runs scripts, each in a shell of its own, and returns what they called and the files that they created. */
  run(scripts: readonly string[]): readonly { readonly calls: string; readonly files: readonly string[] }[] {
    return scripts.map((script) => {
      const work = mkdtempSync(join(this.directory, "run-"));
      const calls = join(this.bin, "calls");
      writeFileSync(calls, "");
      spawnSync("/bin/bash", ["-c", script], {
        cwd: work,
        env: { PATH: this.bin, HOME: work, CALLS: calls, NAME: "value", SITE_BUCKET: "bucket" },
        timeout: 20_000,
      });
      return { calls: readFileSync(calls, "utf8"), files: readdirSync(work) };
    });
  }

  remove(): void {
    for (const directory of [this.directory, this.bin]) rmSync(directory, { recursive: true, force: true });
  }
}

/** All commands of a pipeline's jobs; a failed guard does not stop the others. */
function commandsOf(text: string): readonly string[] {
  const jobs = Object.values(parse(text) as Readonly<Record<string, unknown>>);
  return jobs
    .flatMap((job) => (job as { readonly script?: readonly string[] } | null)?.script ?? [])
    .filter((command) => !command.startsWith("./gradlew"));
}

/** The generated texts of the accepted hostile values at a place of an input. */
function accepted({ generate, valid }: Generator, place: readonly (string | number)[]): readonly string[] {
  return HOSTILE.flatMap((value) => [value, `a${value}`]).flatMap((value) => {
    // A variable of the project, which the pipeline of a site guards by a command more.
    if (value === "$HOME") return [];
    try {
      return [generate(withText(valid, place, value))];
    } catch {
      return [];
    }
  });
}

function casesOf(generators: Readonly<Record<string, Generator>>) {
  return Object.entries(generators).flatMap(([name, generator]) =>
    placesOf(generator.valid).map((place) => ({ name, generator, place, path: place.join(".") })),
  );
}

describe("hostile values, executed", () => {
  const sandbox = new Sandbox();
  afterAll(() => {
    sandbox.remove();
  });

  test.each(casesOf(PIPELINES))("in $path of the pipeline $name call no other program and create no file", (one) => {
    const { generator, place } = one;
    const plain = commandsOf(generator.generate(generator.valid)).join("\n");
    const [expected] = sandbox.run([plain]);
    for (const text of accepted(generator, place)) {
      const [found] = sandbox.run([commandsOf(text).join("\n")]);
      expect(found).toEqual(expected);
    }
  });

  test.each(casesOf(FIRST_BOOTS))("in $path of $name are values for the shell that sources the settings", (one) => {
    const { generator, place } = one;
    const scripts = accepted(generator, place).flatMap((text) =>
      text
        .split(/^---\n/m)
        .flatMap((document) => readCloudConfig(document).write_files ?? [])
        .filter(({ path }) => path.endsWith(".env"))
        .map(({ content }) => content),
    );
    for (const result of sandbox.run([...new Set(scripts)])) expect(result).toEqual({ calls: "", files: [] });
  });

  test("are detected: an unquoted value creates a file", () => {
    const [result] = sandbox.run([`test -s $(touch PWNED)`]);
    expect(result?.files).toEqual(["PWNED"]);
  });
});
