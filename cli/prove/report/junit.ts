import type { StackResult, Step } from "../result";

/** A JUnit report: one test suite per stack, one test case per step. */
export function junitReport(results: readonly StackResult[]): string {
  const suites = results.map(suite);
  const total = counts(results.flatMap(({ steps }) => steps));
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    element("testsuites", { name: "groundwork prove", ...total }, suites),
  ]
    .join("\n")
    .concat("\n");
}

function suite({ stack, steps }: StackResult): string {
  return element(
    "testsuite",
    { name: stack, errors: 0, ...counts(steps) },
    steps.map((step) => testCase(stack, step)),
  );
}

function testCase(stack: string, { name, status, seconds, problems }: Step): string {
  const [first = ""] = problems;
  const children =
    status === "passed"
      ? []
      : status === "skipped"
        ? [element("skipped", { message: first }, [])]
        : [element("failure", { message: firstLine(first) }, [escaped(problems.join("\n"))])];
  return element("testcase", { classname: stack, name, time: seconds }, children);
}

function counts(steps: readonly Step[]): Readonly<Record<string, number>> {
  const of = (status: Step["status"]) => steps.filter((step) => step.status === status).length;
  const time = Math.round(steps.reduce((sum, { seconds }) => sum + seconds, 0) * 10) / 10;
  return { tests: steps.length, failures: of("failed"), skipped: of("skipped"), time };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `<${name}${list.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join("\n")}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** Characters outside the range that XML 1.0 permits, such as escape sequences of a terminal. */
const NOT_XML = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text.replaceAll(NOT_XML, "").replaceAll(/[&<>"\n\t]/g, (character) => ENTITIES[character] ?? character);
}
