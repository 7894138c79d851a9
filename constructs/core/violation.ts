/** Location of a broken rule: a construct, whose path is printed, or a text such as `environments/lab.ts: eks.zones`. */
export type Location = { readonly node: { readonly path: string } } | string;

/** The details of a {@link Violation}. */
export interface Finding {
  /**
   * Location of the invalid value.
   * @default - none: the value does not belong to a construct yet
   */
  readonly at?: Location | undefined;
  /** The given value, in the caller's terms. */
  readonly given: string;
  /** The correction: a valid value or the required change. */
  readonly fix: string;
}

/**
 * Defines a requirement that the library checks, under an id whose meaning never changes.
 *
 * Each area of the library declares its rules in its `rules.ts`. `docs/rules.md` is generated from those files, and an
 * architecture test requires a failing test for each id.
 *
 * @example
 * export const NET001 = new Rule("NET001", "a network's blocks are private address space", "public ranges have other owners");
 * throw NET001.violation({ at: this, given: "8.0.0.0/16", fix: "use a block inside 10.0.0.0/8" });
 */
export class Rule {
  constructor(
    /** Stable id: three letters for the subject, three digits. */
    readonly id: string,
    /** The requirement, as one sentence without a period. */
    readonly requirement: string,
    /** The consequence of breaking the rule. */
    readonly reason: string,
  ) {}

  /** The error to throw where the rule is broken. */
  violation(finding: Finding): Violation {
    return new Violation(this, finding);
  }
}

/** A broken {@link Rule}: id, location, given value, fix. */
export class Violation extends Error {
  /** Name of the error class. */
  override readonly name = "Violation";
  /** Construct path, or file and key; undefined where neither is known. */
  readonly at: string | undefined;
  /** The given value. */
  readonly given: string;
  /** How to correct the input. */
  readonly fix: string;

  constructor(
    /** Rule that the input violates. */
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

/** Several violations at once, so that all errors of a file can be corrected after one run. */
export class Violations extends Error {
  /** Name of the error class. */
  override readonly name = "Violations";

  constructor(
    /** All violations that were found. */
    readonly all: readonly Violation[],
  ) {
    super(all.map((violation) => violation.message).join("\n"));
  }

  /** Throws all given violations together; returns when there are none. */
  static throwIfAny(found: readonly Violation[]): void {
    if (found.length > 0) throw new Violations(found);
  }
}
