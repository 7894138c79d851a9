import type { IConstruct } from "constructs";
import type { Port } from "../../core/port";
import { Outcome } from "./model/evaluation/outcome";
import type { NetworkNode } from "./model/network/endpoint";
import { Elements } from "./reader/elements";
import { EndpointResolver, type TrafficEndpoint } from "./reader/endpoint-resolver";
import { readNetworkModel } from "./reader/read-network-model";
import { RCH003 } from "./rules";

/**
 * Determines which traffic passes through the networks below a construct. The result is computed at synthesis from routes, gateways,
 * network ACLs, security groups and addresses, and lists the decision of each hop. Nothing is deployed. IPv4 only.
 *
 * @example
 * const traffic = reachability(stack);
 * expect(traffic.from(Peer.internet()).to(instance, Port.SSH).blocked).toBe(true);
 * console.log(traffic.from(instance).to(Peer.internet(), Port.HTTPS).toString());
 */
export function reachability(scope: IConstruct): Reachability {
  return new Reachability(scope);
}

/** The networks of a construct tree. They are read once: later changes of the tree have no effect. */
export class Reachability {
  private readonly endpoints: EndpointResolver;

  /** @internal */
  constructor(private readonly scope: IConstruct) {
    const elements = Elements.below(scope);
    this.endpoints = new EndpointResolver(scope, elements, readNetworkModel(elements));
  }

  /** Selects the sources of connections; the query applies to each of them. */
  from(...sources: readonly TrafficEndpoint[]): Query {
    return new Query(
      this.scope,
      sources.flatMap((source) => this.endpoints.resolve(source)),
      this.endpoints,
    );
  }
}

/** A query whose destination is not selected yet. */
export class Query {
  /** @internal */
  constructor(
    private readonly scope: IConstruct,
    private readonly sources: readonly NetworkNode[],
    private readonly endpoints: EndpointResolver,
  ) {}

  /**
   * Evaluates connections to a port of a destination. A machine with several interfaces is reachable through any of them.
   *
   * Errors: RCH001 to RCH003.
   */
  to(destination: TrafficEndpoint, port: Port): Outcome {
    const destinations = this.endpoints.resolve(destination);
    const outcome = Outcome.of(this.sources, destinations, port);
    if (outcome.flows.length > 0 && [...this.sources, ...destinations].some(({ kind }) => kind === "machine"))
      return outcome;
    throw RCH003.violation({
      at: this.scope,
      given: outcome.question,
      fix: "use two machines, or a machine and the internet",
    });
  }
}
