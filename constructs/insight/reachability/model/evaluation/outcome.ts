import type { Port } from "../../../../core/port";
import type { Hop } from "../hop";
import type { NetworkNode } from "../network/endpoint";
import { type Verdict, bestOf, combinedVerdict, verdictOf } from "../verdict";
import { type Flow, evaluate } from "./evaluation";
import { describeFlows } from "./flow-description";

/** A part of the traffic that takes the same hops. */
export interface OutcomeFlow {
  /** The hops, in the order of the packets. */
  readonly hops: readonly Hop[];
}

/**
 * The result of a reachability query, with its explanation.
 *
 * `passes` and `blocked` refer to all of the traffic; both are false where only some of it passes. A test that a port is closed
 * therefore asserts `blocked`, not the absence of `passes`.
 */
export class Outcome {
  /**
   * Evaluates the traffic from each source to each destination.
   * @internal
   */
  static of(sources: readonly NetworkNode[], destinations: readonly NetworkNode[], port: Port): Outcome {
    const evaluations = sources.flatMap((source) =>
      destinations
        .filter((destination) => !isSameMachine(source, destination))
        .map((destination) => evaluate(source, destination, port)),
    );
    const names = (nodes: readonly NetworkNode[]) => [...new Set(nodes.map(({ path }) => path))].join(", ");
    return new Outcome(
      `${names(sources)} to ${names(destinations)}, ${port.toString()}`,
      combinedVerdict(evaluations.map(({ verdict }) => verdict)),
      evaluations.flatMap(({ flows }) => flows),
    );
  }

  private constructor(
    /** Sources, destinations and traffic of the query. */
    readonly question: string,
    /** Verdict on all of the traffic: `partly` where some of it passes, `unknown` where the tree does not determine it. */
    readonly verdict: Verdict,
    private readonly parts: readonly Flow[],
  ) {}

  /** The parts of the traffic, each with its hops. */
  get flows(): readonly OutcomeFlow[] {
    return this.parts;
  }

  /** Whether all of the traffic and its replies pass. */
  get passes(): boolean {
    return this.verdict === "passes";
  }

  /** Whether none of the traffic passes. */
  get blocked(): boolean {
    return this.verdict === "blocked";
  }

  /** The hops of a flow with the verdict of the whole; for `partly`, of a flow that does not pass. */
  get hops(): readonly Hop[] {
    const flows = this.parts.map((flow) => ({ ...flow, verdict: verdictOf(flow.hops) }));
    const worst =
      flows.find(({ verdict }) => verdict === "blocked") ?? flows.find(({ verdict }) => verdict === "unknown");
    return (flows.find(({ verdict }) => verdict === this.verdict) ?? worst ?? bestOf(flows))?.hops ?? [];
  }

  /** The explanation: every flow with its hops. */
  toString(): string {
    const flows = describeFlows(this.parts).map(({ text, hops }) =>
      [`  ${text}: ${verdictOf(hops)}`, ...hops.map((hop) => `    ${hop.toString()}`)].join("\n"),
    );
    return [`${this.question}: ${this.verdict}`, ...flows].join("\n");
  }
}

/** Traffic of a machine to itself does not use the network. */
function isSameMachine(source: NetworkNode, destination: NetworkNode): boolean {
  return source === destination && source.kind === "machine" && !source.replicated;
}
