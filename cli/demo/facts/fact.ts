/** Something that is so: `subnet 10.0.0.0/19` is `in ap-northeast-2a, to the internet gateway`. */
export interface Fact {
  readonly subject: string;
  readonly is: string;
}

/** A subject with what was wanted of it and what the cloud says. */
export interface Comparison {
  readonly subject: string;
  /** Nothing when nobody wanted it. */
  readonly wanted: string | undefined;
  /** Nothing when it does not exist. */
  readonly found: string | undefined;
  readonly right: boolean;
}

/** Compares by subject: what is missing, and what is there without having been wanted, is wrong too. */
export function compare(wanted: readonly Fact[], found: readonly Fact[]): readonly Comparison[] {
  const foundOf = new Map(found.map(({ subject, is }) => [subject, is]));
  const wantedOf = new Map(wanted.map(({ subject, is }) => [subject, is]));
  return [...new Set([...wantedOf.keys(), ...foundOf.keys()])].map((subject) => {
    const [want, have] = [wantedOf.get(subject), foundOf.get(subject)];
    return { subject, wanted: want, found: have, right: want === have };
  });
}

/** A table of comparisons; a wrong one says what was wanted. */
export function table(comparisons: readonly Comparison[]): string {
  const width = Math.max(0, ...comparisons.map(({ subject }) => subject.length));
  return comparisons
    .map(({ subject, wanted, found, right }) => {
      const line = `  ${right ? "✓" : "✗"} ${subject.padEnd(width)}  ${found ?? "missing"}`;
      return right ? line : `${line}\n    ${" ".repeat(width)}  wanted: ${wanted ?? "nothing of the kind"}`;
    })
    .join("\n");
}
