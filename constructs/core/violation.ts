/** Where a rule was broken: a construct, whose path is printed, or words such as `environments/lab.ts: eks.zones`. */
export type Place = { readonly node: { readonly path: string } } | string;

/** What a {@link Rule} says when it is broken: where, what was given, and what to write instead. */
export interface Finding {
  /**
   * Where it happened.
   * @default - nowhere in particular: the rule was broken by a value that belongs to no construct yet
   */
  readonly at?: Place | undefined;
  /** What was given, in the caller's words. */
  readonly given: string;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * Defines one thing that the library refuses, under an id that never changes meaning.
 *
 * Every room keeps its rules in its `rules.ts`; `docs/rules.md` is generated from those files, and an architecture test
 * demands a failing test for each id.
 *
 * @example
 * export const NET001 = new Rule("NET001", "a network's block is private address space", "public ranges belong to others");
 * throw NET001.violation({ at: this, given: "8.0.0.0/16", fix: "use a block inside 10.0.0.0/8" });
 */
export class Rule {
  constructor(
    /** Stable id: three letters for the subject, three digits. */
    readonly id: string,
    /** What must hold, as one sentence without a period. */
    readonly requirement: string,
    /** Why it must hold: what the cloud, or the night shift, would do otherwise. */
    readonly reason: string,
  ) {}

  /** The error to throw where the rule is broken. */
  violation(finding: Finding): Violation {
    return new Violation(this, finding);
  }
}

/** One broken {@link Rule}: id, place, what was given, how to mend it. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly at: string | undefined;
  readonly given: string;
  readonly fix: string;

  constructor(
    readonly rule: Rule,
    finding: Finding,
  ) {
    const at = typeof finding.at === "object" ? finding.at.node.path : finding.at;
    super(`${rule.id}${at === undefined ? "" : ` at ${at}`}: ${finding.given}; ${finding.fix}`);
    this.at = at;
    this.given = finding.given;
    this.fix = finding.fix;
  }
}

/** Several broken rules at once, so that a file is mended in one go instead of one error a run. */
export class Violations extends Error {
  override readonly name = "Violations";

  constructor(readonly all: readonly Violation[]) {
    super(all.map((violation) => violation.message).join("\n"));
  }

  /** Throws everything found, or returns quietly when nothing was. */
  static throwIfAny(found: readonly Violation[]): void {
    if (found.length > 0) throw new Violations(found);
  }
}
