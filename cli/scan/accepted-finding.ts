/** A finding that is accepted, with the reason. */
export interface AcceptedFinding {
  /** Id of the scanner's check. */
  readonly check: string;
  /** Stacks in which it is accepted; a leading `*` matches every environment. */
  readonly stacks: readonly string[];
  /** Prefix of the logical names for which it is accepted. */
  readonly resource: string;
  readonly reason: string;
}
