/** The decision of one hop; `unknown` where the tree does not determine it. */
export type HopVerdict = "passes" | "blocked" | "unknown";

/**
 * A component on the path that permits or blocks packets, with its reason.
 *
 * @example hop.toString() // "blocked at network ACL lab/Network/private-acl, rule *"
 */
export class Hop {
  /** A hop that permits the packets. */
  static passes(text: string): Hop {
    return new Hop("passes", text, false);
  }
  /** A hop that blocks the packets. */
  static blocked(text: string): Hop {
    return new Hop("blocked", text, false);
  }
  /** A hop whose decision the tree does not determine. */
  static unknown(text: string): Hop {
    return new Hop("unknown", `unknown: ${text}`, false);
  }

  private constructor(
    /** Decision of the hop. */
    readonly verdict: HopVerdict,
    /** The decision, and the rule or route that determines it. */
    readonly text: string,
    /** Whether the decision is about reply packets, which stateless rules evaluate separately. */
    readonly isReply: boolean,
  ) {}

  /** The same decision about reply packets. */
  get asReply(): Hop {
    return new Hop(this.verdict, this.text, true);
  }

  /** The decision as text. */
  toString(): string {
    return this.isReply ? `reply: ${this.text}` : this.text;
  }
}
