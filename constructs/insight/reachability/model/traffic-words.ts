import { Cidr } from "../../../core/cidr";
import type { Unknown } from "./certainty";
import { isUnknown } from "./certainty";
import type { Hop } from "./hop";
import type { Course } from "./judgement";
import type { Range } from "./range";
import { joined } from "./range";

/** A part of the traffic in words. */
export interface Part {
  readonly words: string;
  readonly hops: readonly Hop[];
}

/** Names each part by what tells it from the others between the same two ends. */
export function describe(courses: readonly Course[]): readonly Part[] {
  return courses.map((course) => {
    const others = courses.filter(({ from, to }) => from === course.from && to === course.to);
    const told = others.length === 1 ? [] : SIDES.flatMap((side) => difference(side, course, others));
    return { words: [`${course.from.path} to ${course.to.path}`, ...told].join(", "), hops: course.hops };
  });
}

interface Side {
  readonly words: string;
  readonly text: (range: Range) => string;
  readonly of: (packet: Course["packets"][number]) => Range | Unknown;
}

const SIDES: readonly Side[] = [
  { words: "from", text: addresses, of: ({ source }) => source },
  { words: "to", text: addresses, of: ({ destination }) => destination },
  { words: "port", text: ports, of: ({ destinationPorts }) => destinationPorts },
  { words: "caller's port", text: ports, of: ({ sourcePorts }) => sourcePorts },
];

/** Longer lists tell a reader less than saying that it is everything else. */
const MOST = 4;

function difference({ words, text, of }: Side, course: Course, others: readonly Course[]): readonly string[] {
  const own = rangesOf(course, of);
  const all = joined(others.flatMap((other) => rangesOf(other, of)));
  if (own.map(text).join() === all.map(text).join()) return [];
  return [own.length > MOST ? `${words} everywhere else` : `${words} ${own.map(text).join(" and ")}`];
}

function rangesOf({ packets }: Course, of: Side["of"]): readonly Range[] {
  return joined(packets.map(of).flatMap((range) => (isUnknown(range) ? [] : [range])));
}

function ports({ first, last }: Range): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function addresses({ first, last }: Range): string {
  const prefix = 32 - Math.log2(last - first + 1);
  if (Number.isInteger(prefix) && first % 2 ** (32 - prefix) === 0) return Cidr.containing(first, prefix).toString();
  return [first, last].map((address) => Cidr.containing(address, 32).address(0)).join("-");
}
