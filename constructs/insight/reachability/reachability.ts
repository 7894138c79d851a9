import type { IConstruct } from "constructs";
import type { Port } from "../../core/port";
import { Outcome } from "./model/outcome";
import type { Party } from "./model/place";
import { Elements } from "./reader/elements";
import type { Place } from "./reader/places";
import { Places } from "./reader/places";
import { readTerrain } from "./reader/read-terrain";
import { RCH003 } from "./rules";

/**
 * Which traffic passes in what a construct and everything below it will make, computed at synthesis from routes, gateways,
 * network ACLs, security groups and addresses, and explained hop by hop. Nothing is deployed or asked for it. IPv4 only.
 *
 * @example
 * const traffic = reachability(stack);
 * expect(traffic.from(Peer.internet()).to(instance, Port.SSH).blocked).toBe(true);
 * console.log(traffic.from(instance).to(Peer.internet(), Port.HTTPS).toString());
 */
export function reachability(scope: IConstruct): Reachability {
  return new Reachability(scope);
}

/** A tree that questions about traffic are put to. It is read once: what is added later is not seen. */
class Reachability {
  private readonly places: Places;

  constructor(private readonly scope: IConstruct) {
    const elements = Elements.below(scope);
    this.places = new Places(scope, elements, readTerrain(elements));
  }

  /** Where connections are opened: the question is about each of the places. */
  from(...from: readonly Place[]): Departure {
    return new Departure(
      this.scope,
      from.flatMap((place) => this.places.at(place)),
      this.places,
    );
  }
}

/** Connections opened somewhere, whose end is still to be named. */
class Departure {
  constructor(
    private readonly scope: IConstruct,
    private readonly from: readonly Party[],
    private readonly places: Places,
  ) {}

  /**
   * What becomes of connections to a port there. A machine with several interfaces is reached where one of them is.
   *
   * Errors: RCH001 to RCH003.
   */
  to(place: Place, port: Port): Outcome {
    const to = this.places.at(place);
    const outcome = Outcome.about(this.from, to, port);
    if (outcome.courses.length > 0 && [...this.from, ...to].some(({ kind }) => kind === "machine")) return outcome;
    throw RCH003.violation({
      at: this.scope,
      given: outcome.question,
      fix: "ask about two machines, or about one and the internet",
    });
  }
}
