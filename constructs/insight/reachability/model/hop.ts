/** What one hop does with the packets, as far as the tree tells. */
export type HopVerdict = "passes" | "blocked" | "unknown";

/**
 * One thing on the way that lets packets through or does not, and why.
 *
 * @example hop.toString() // "blocked at network ACL lab/Network/private-acl, rule *"
 */
export class Hop {
  static passes(words: string): Hop {
    return new Hop("passes", words, false);
  }
  static blocked(words: string): Hop {
    return new Hop("blocked", words, false);
  }
  static unknown(words: string): Hop {
    return new Hop("unknown", `cannot know: ${words}`, false);
  }

  private constructor(
    readonly verdict: HopVerdict,
    /** What happens here, and by which rule. */
    readonly words: string,
    /** Whether it is about what comes back, which stateless rules decide anew. */
    readonly isAnswer: boolean,
  ) {}

  /** The same for what comes back. */
  get ofAnswer(): Hop {
    return new Hop(this.verdict, this.words, true);
  }

  toString(): string {
    return this.isAnswer ? `answers: ${this.words}` : this.words;
  }
}
