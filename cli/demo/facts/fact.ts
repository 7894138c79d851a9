import type { Line } from "../../reporter";

/** A property of a resource as one line: `subnet 10.0.0.0/19` is `ap-northeast-2a, egress through the internet gateway`. */
export interface Fact {
  readonly subject: string;
  readonly value: string;
}

/** The expected and the actual value of a subject. */
export interface Comparison {
  readonly subject: string;
  /** Undefined when the configuration does not contain the subject. */
  readonly expected: string | undefined;
  /** Undefined when the subject does not exist. */
  readonly actual: string | undefined;
  readonly matches: boolean;
}

/** Compares facts by subject. A missing subject and an unexpected one are mismatches too. */
export function compare(expected: readonly Fact[], actual: readonly Fact[]): readonly Comparison[] {
  const actualValues = new Map(actual.map(({ subject, value }) => [subject, value]));
  const expectedValues = new Map(expected.map(({ subject, value }) => [subject, value]));
  return [...new Set([...expectedValues.keys(), ...actualValues.keys()])].map((subject) => {
    const values = { expected: expectedValues.get(subject), actual: actualValues.get(subject) };
    return { subject, ...values, matches: values.expected === values.actual };
  });
}

/** A table of comparisons; a mismatch has a second line with the expected value. */
export function table(comparisons: readonly Comparison[]): readonly Line[] {
  const width = Math.max(0, ...comparisons.map(({ subject }) => subject.length));
  return comparisons.flatMap(({ subject, expected, actual, matches }): readonly Line[] => {
    const text = `${subject.padEnd(width)}  ${actual ?? "missing"}`;
    if (matches) return [{ mark: "✓", colour: "green", text, indent: 2 }];
    return [
      { mark: "✗", colour: "red", text, indent: 2 },
      `    ${" ".repeat(width)}  expected: ${expected ?? "does not exist"}`,
    ];
  });
}
