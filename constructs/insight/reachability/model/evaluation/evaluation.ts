import type { Port } from "../../../../core/port";
import { isUnknown } from "../certainty";
import { Hop } from "../hop";
import type { Endpoint, Interface, Internet, NetworkNode } from "../network/endpoint";
import type { Packet } from "../traffic/packet";
import { INTERNET, packetsBetween } from "../traffic/packets";
import { type Verdict, bestOf, combinedVerdict, verdictOf } from "../verdict";
import { connect } from "./connection";

/** Packets between two endpoints that take the same hops. */
export interface Flow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly packets: readonly Packet[];
  readonly hops: readonly Hop[];
}

/** The verdict on the traffic between two nodes, with its flows. */
export interface Evaluation {
  readonly verdict: Verdict;
  readonly flows: readonly Flow[];
}

/** Evaluates the traffic between two nodes: a machine sends and receives through any of its interfaces. */
export function evaluate(from: NetworkNode, to: NetworkNode, port: Port): Evaluation {
  const pairs = endpointsOf(from).flatMap((source) =>
    endpointsOf(to).map((destination) => [source, destination] as const),
  );
  const evaluations = pairs.flatMap(([source, destination]) => [
    evaluateEndpoints(source, destination, port),
    ...evaluateOverInternet(source, destination, port),
  ]);
  return bestOf(evaluations) ?? { verdict: "blocked", flows: [] };
}

function endpointsOf(node: NetworkNode): readonly Endpoint[] {
  return node.kind === "machine" ? node.interfaces : [node];
}

function evaluateEndpoints(from: Endpoint, to: Endpoint, port: Port): Evaluation {
  const flows = new Map<string, Flow & { readonly packets: Packet[] }>();
  for (const packet of packetsBetween(from, to, port)) {
    const hops = connect(packet, from, to);
    const key = hops.join("\n");
    const same = flows.get(key);
    if (same === undefined) flows.set(key, { from, to, hops, packets: [packet] });
    else same.packets.push(packet);
  }
  const all = [...flows.values()];
  return { verdict: combinedVerdict(all.map(({ hops }) => verdictOf(hops))), flows: all };
}

/**
 * Machines of two networks can also connect over the internet if the destination has a public address. The public address of the source
 * is not in the tree, so that the verdict is known only where it is the same for all addresses.
 */
function evaluateOverInternet(from: Endpoint, to: Endpoint, port: Port): readonly Evaluation[] {
  if (from.kind !== "interface" || to.kind !== "interface") return [];
  if (!isOtherNetwork(from, to) || to.isPublic === "no") return [];
  const internet: Internet = { kind: "internet", path: `the internet, to ${to.path}`, blocks: INTERNET };
  const outbound = evaluateEndpoints(from, internet, port);
  const inbound = evaluateEndpoints({ ...internet, path: `the internet, from ${from.path}` }, to, port);
  const verdicts = [outbound.verdict, inbound.verdict];
  if (verdicts.includes("blocked")) return [{ verdict: "blocked", flows: [] }];
  if (!verdicts.every((verdict) => verdict === "passes"))
    return [{ verdict: "unknown", flows: [unknownFlow(from, to)] }];
  return [{ verdict: "passes", flows: [joinedFlow(from, to, [...outbound.flows, ...inbound.flows])] }];
}

function isOtherNetwork(from: Interface, to: Interface): boolean {
  return !isUnknown(from.subnet) && !isUnknown(to.subnet) && from.subnet.network !== to.subnet.network;
}

function unknownFlow(from: Interface, to: Interface): Flow {
  const text = `the public address with which ${from.path} connects to ${to.path}, which blocks some addresses`;
  return { from, to, packets: [], hops: [Hop.unknown(text)] };
}

function joinedFlow(from: Interface, to: Interface, flows: readonly Flow[]): Flow {
  return { from, to, packets: [], hops: flows.flatMap(({ hops }) => hops) };
}
