/** A finding that is accepted, with the reason. */
export interface AcceptedFinding {
  /** Id of the scanner's check. */
  readonly check: string;
  /** Stacks in which it is accepted: ids, or patterns with `*`. */
  readonly stacks: readonly string[];
  /** Prefix of the logical names for which it is accepted. */
  readonly resource: string;
  readonly reason: string;
}
