import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { junitReport } from "@groundwork/cli/prove/report/junit";
import { textReport } from "@groundwork/cli/prove/report/text";
import { type StackResult, Steps } from "@groundwork/cli/prove/result";

const PLAIN = { red: (text: string) => text, green: (text: string) => text };

async function resultOf(stack: string, problems: readonly string[]): Promise<StackResult> {
  const steps = new Steps(stack);
  steps.resources = 3;
  await steps.run("supported", () => Promise.resolve([]));
  await steps.run("apply", () => Promise.resolve(problems));
  if (problems.length > 0) return steps.result;
  for (const name of ["plan", "destroy", "nothing left"] as const) await steps.run(name, () => Promise.resolve([]));
  return steps.result;
}

describe("Steps", () => {
  test("proves a stack only if every step has passed", async () => {
    expect((await resultOf("shop", [])).isProven).toBe(true);
    const { isProven, steps } = await resultOf("shop", ["no such role"]);
    expect(isProven).toBe(false);
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      ...["supported passed", "apply failed", "plan skipped", "destroy skipped", "nothing left skipped"],
    ]);
    expect(new Steps("shop").result.isProven).toBe(false);
  });

  test("takes an error of a step as its problem", async () => {
    const steps = new Steps("shop");
    expect(await steps.run("apply", () => Promise.reject(new Error("terraform init ended with 1")))).toBe(false);
    expect(steps.result.steps[1]).toMatchObject({ status: "failed", problems: ["terraform init ended with 1"] });
  });
});

describe("textReport", () => {
  test("has one line for a proven stack, and the problems of another with their details", async () => {
    const results = [await resultOf("network", []), await resultOf("shop", ["Error: no such role\n\n  in line 3"])];
    expect(textReport(results, PLAIN)).toEqual([
      "network: proven, 3 resources",
      "shop: not proven, 3 resources",
      "  apply failed: Error: no such role",
      "    in line 3",
      "",
      "1 of 2 stacks are proven",
    ]);
  });
});

/** Parses documents with an XML parser that rejects everything that is not well-formed; returns their attributes and texts. */
function parsed(documents: readonly string[]): readonly (readonly string[])[] {
  const program = `
import json, sys, xml.etree.ElementTree as tree
print(json.dumps([[v for e in tree.fromstring(d.encode()).iter() for v in [*e.attrib.values(), e.text or ""]] for d in json.load(sys.stdin)]))`;
  const { stdout, stderr, status } = spawnSync("python3", ["-c", program], {
    input: JSON.stringify(documents),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

describe("junitReport", () => {
  test("has a suite for each stack and a case for each step", async () => {
    const report = junitReport([
      await resultOf("network", []),
      await resultOf("shop", ["no such role", "no such key"]),
    ]);
    expect(report.replaceAll(/ time="[\d.]+"/g, "")).toMatchSnapshot();
  });

  test("is well-formed and contains the problems, with any characters", async () => {
    const texts = fc.sample(fc.string({ unit: "binary", maxLength: 60 }), 300);
    const hostile = ["]]>", "<![CDATA[", "&lt;", "\u001b[31mred\u0000", "a\r\nb\tc", "\ud800", "\uffff", `"'<>&`];
    const problems = [...texts, ...hostile].map((text) => `x${text}`);
    const reports = await Promise.all(problems.map(async (text) => junitReport([await resultOf(text, [text])])));
    const found = parsed(reports);
    const readable = (text: string) => text.replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
    for (const [index, values] of found.entries()) {
      expect(values).toContain(readable(problems[index] ?? ""));
    }
  });
});
