import type { Port } from "../../../core/port";
import type { Hop } from "./hop";
import { judge } from "./judgement";
import type { Course } from "./judgement";
import type { Party } from "./place";
import { describe } from "./traffic-words";
import type { Verdict } from "./verdict";
import { bestOf, together, verdictOf } from "./verdict";

/**
 * What becomes of traffic that was asked about, and why.
 *
 * `passes` and `blocked` are about all of it: where some passes and some does not, both are false. So a test that something
 * is shut asks for `blocked`, and not for the absence of `passes`.
 */
export class Outcome {
  /** What becomes of the traffic between each of some and each of others. */
  static about(from: readonly Party[], to: readonly Party[], port: Port): Outcome {
    const judged = from.flatMap((one) =>
      to.filter((other) => !isSame(one, other)).map((other) => ({ one, other, ...judge(one, other, port) })),
    );
    const names = (parties: readonly Party[]) => [...new Set(parties.map(({ path }) => path))].join(", ");
    return new Outcome(
      `${names(from)} to ${names(to)}, ${port.toString()}`,
      together(judged.map(({ verdict }) => verdict)),
      judged.flatMap(({ courses }) => courses),
    );
  }

  private constructor(
    /** Who was asked about, and what traffic. */
    readonly question: string,
    /** What becomes of all of it: `partly` where some of it passes, `unknown` where the tree does not tell. */
    readonly verdict: Verdict,
    /** The ways that parts of the traffic take, each with its hops. */
    readonly courses: readonly Course[],
  ) {}

  /** Whether all of the traffic passes, and its answers. */
  get passes(): boolean {
    return this.verdict === "passes";
  }

  /** Whether none of the traffic passes. */
  get blocked(): boolean {
    return this.verdict === "blocked";
  }

  /** Why: the hops of a part of the traffic whose fate is that of the whole; where only some passes, of a part that does not. */
  get hops(): readonly Hop[] {
    const parts = this.courses.map((course) => ({ ...course, verdict: verdictOf(course.hops) }));
    const worst =
      parts.find(({ verdict }) => verdict === "blocked") ?? parts.find(({ verdict }) => verdict === "unknown");
    return (parts.find(({ verdict }) => verdict === this.verdict) ?? worst ?? bestOf(parts))?.hops ?? [];
  }

  /** The whole explanation, for a person: every part of the traffic with its hops. */
  toString(): string {
    const parts = describe(this.courses).map(({ words, hops }) =>
      [`  ${words}: ${verdictOf(hops)}`, ...hops.map((hop) => `    ${hop.toString()}`)].join("\n"),
    );
    return [`${this.question}: ${this.verdict}`, ...parts].join("\n");
  }
}

/** A machine needs no network to reach itself. */
function isSame(one: Party, other: Party): boolean {
  return one === other && one.kind === "machine" && !one.several;
}
