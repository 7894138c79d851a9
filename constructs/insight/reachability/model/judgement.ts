import type { Port } from "../../../core/port";
import { isUnknown } from "./certainty";
import { connect } from "./connection";
import { Hop } from "./hop";
import type { Packet } from "./packet";
import { INTERNET, packetsBetween } from "./packets";
import type { End, Internet, Interface, Party } from "./place";
import type { Verdict } from "./verdict";
import { bestOf, together, verdictOf } from "./verdict";

/** Packets that take the same hops. */
export interface Course {
  readonly from: End;
  readonly to: End;
  readonly packets: readonly Packet[];
  readonly hops: readonly Hop[];
}

/** What becomes of the traffic between two ends, course by course. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly courses: readonly Course[];
}

/** What becomes of traffic between two parties: a machine is reached where one of its interfaces is, and leaves by any. */
export function judge(from: Party, to: Party, port: Port): Judgement {
  const pairs = endsOf(from).flatMap((one) => endsOf(to).map((other) => [one, other] as const));
  const judged = pairs.flatMap(([one, other]) => [judgeEnds(one, other, port), ...overInternet(one, other, port)]);
  return bestOf(judged) ?? { verdict: "blocked", courses: [] };
}

function endsOf(party: Party): readonly End[] {
  return party.kind === "machine" ? party.interfaces : [party];
}

function judgeEnds(from: End, to: End, port: Port): Judgement {
  const courses = new Map<string, Course>();
  for (const packet of packetsBetween(from, to, port)) {
    const hops = connect(packet, from, to);
    const key = hops.join("\n");
    const others = courses.get(key)?.packets ?? [];
    courses.set(key, { from, to, hops, packets: [...others, packet] });
  }
  const all = [...courses.values()];
  return { verdict: together(all.map(({ hops }) => verdictOf(hops))), courses: all };
}

/**
 * Machines of two networks also meet over the internet, where one has an address of it. Which address the other comes
 * from stands in no tree, so this is clear only where all addresses fare alike.
 */
function overInternet(from: End, to: End, port: Port): readonly Judgement[] {
  if (from.kind !== "interface" || to.kind !== "interface" || !isApart(from, to) || to.isPublic === "no") return [];
  const internet: Internet = { kind: "internet", path: `the internet, to ${to.path}`, blocks: INTERNET };
  const out = judgeEnds(from, internet, port);
  const into = judgeEnds({ ...internet, path: `the internet, from ${from.path}` }, to, port);
  const verdicts = [out.verdict, into.verdict];
  if (verdicts.includes("blocked")) return [{ verdict: "blocked", courses: [] }];
  if (!verdicts.every((verdict) => verdict === "passes")) return [{ verdict: "unknown", courses: [unclear(from, to)] }];
  return [{ verdict: "passes", courses: [joined(from, to, [...out.courses, ...into.courses])] }];
}

function isApart(from: Interface, to: Interface): boolean {
  return !isUnknown(from.subnet) && !isUnknown(to.subnet) && from.subnet.network !== to.subnet.network;
}

function unclear(from: Interface, to: Interface): Course {
  const words = `from which address of the internet ${from.path} comes to ${to.path}, and some are not let through`;
  return { from, to, packets: [], hops: [Hop.unknown(words)] };
}

function joined(from: Interface, to: Interface, courses: readonly Course[]): Course {
  return { from, to, packets: [], hops: courses.flatMap(({ hops }) => hops) };
}
