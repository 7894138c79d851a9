import { spawnSync } from "node:child_process";
import {
  environmentLine,
  isEnvironmentValue,
  isPlainText,
  shellExpression,
  shellHereDocument,
  shellOption,
  shellPath,
  shellVariable,
  shellWord,
} from "@groundwork/constructs/core/quoting";
import fc from "fast-check";
import { anyHostile, HOSTILE } from "../support/hostile";

/** The arguments that a program receives from a line of bash. */
function argumentsOf(line: string, env: NodeJS.ProcessEnv = {}): readonly string[] {
  const script = `show() { printf '%s\\0' "$@"; }\nshow ${line}\n`;
  const { stdout, status } = spawnSync("bash", ["-c", script], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...env },
  });
  expect(status).toBe(0);
  return stdout.split("\0").slice(0, -1);
}

/** Many values at once, because each start of a shell takes milliseconds. */
const anyTexts = fc.array(anyHostile().filter(isPlainText), { minLength: 1, maxLength: 40 });
const RUNS = { numRuns: 40 };

describe("shellWord", () => {
  test("is exactly one argument for every text", () => {
    fc.assert(
      fc.property(anyTexts, (texts) => {
        expect(argumentsOf(texts.map(shellWord).join(" "))).toEqual(texts);
      }),
      RUNS,
    );
  });

  test("leaves plain words without quotes, so that scripts stay readable", () => {
    expect(["public", "s3://bucket/a-b_c.d", "a=b", "x:y"].map(shellWord)).toEqual([
      "public",
      "s3://bucket/a-b_c.d",
      "a=b",
      "x:y",
    ]);
  });
});

describe("shellExpression", () => {
  test("replaces variables, and nothing else", () => {
    const literal = anyTexts.map((texts) => texts.map((text) => text.replaceAll("$", "§")));
    fc.assert(
      fc.property(literal, (texts) => {
        const words = texts.flatMap((text) => [
          shellExpression(`${text}$NAME`),
          shellExpression(`\${NAME}${text}`),
          shellExpression(`${text}\${NAME}x${text}`),
        ]);
        const expected = texts.flatMap((text) => [`${text}a b*`, `a b*${text}`, `${text}a b*x${text}`]);
        expect(argumentsOf(words.join(" "), { NAME: "a b*" })).toEqual(expected);
      }),
      RUNS,
    );
  });

  test("keeps a dollar sign that begins no name", () => {
    expect(
      argumentsOf(["$(id)", "$ $NAME", "$1", "${X:-$(id)}"].map(shellExpression).join(" "), { NAME: "n" }),
    ).toEqual(["$(id)", "$ n", "$1", "${X:-$(id)}"]);
  });
});

describe("shellPath and shellOption", () => {
  test("never become an option", () => {
    expect(argumentsOf(`${shellPath("-rf")} ${shellOption("--include", "-rf")}`)).toEqual(["./-rf", "--include=-rf"]);
    expect(argumentsOf(shellOption("--include", "*.js"))).toEqual(["--include", "*.js"]);
  });
});

describe("shellVariable", () => {
  test("is one argument", () => {
    expect(argumentsOf(shellVariable("NAME"), { NAME: "a b" })).toEqual(["a b"]);
  });
});

describe("shellHereDocument", () => {
  test("replaces only the given variables", () => {
    fc.assert(
      fc.property(anyTexts, (texts) => {
        const text = texts.join("\n").replaceAll("$IMAGE", "");
        const script = `cat ${shellHereDocument(`${text}\n<$IMAGE>\n`, ["IMAGE"])}\n`;
        const { stdout } = spawnSync("bash", ["-c", script], {
          encoding: "utf8",
          env: { ...process.env, IMAGE: "$(x)" },
        });
        expect(stdout).toBe(`${text}\n<$(x)>\n`);
      }),
      RUNS,
    );
  });
});

describe("environmentLine", () => {
  test("has the same value for a shell that sources it", () => {
    const values = HOSTILE.filter(isEnvironmentValue);
    expect(values.length).toBeGreaterThan(10);
    const lines = values.map((value, index) => environmentLine(`V${index}`, value));
    const names = values.map((_, index) => `"$V${index}"`);
    const script = `${lines.join("")}printf '%s\\0' ${names.join(" ")}\n`;
    const { stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect(stdout.split("\0").slice(0, -1)).toEqual(values);
  });
});
