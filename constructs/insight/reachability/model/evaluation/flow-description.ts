import { Cidr } from "../../../../core/cidr";
import { type Unknown, isUnknown } from "../certainty";
import type { Hop } from "../hop";
import { type Range, merged } from "../traffic/range";
import type { Flow } from "./evaluation";

/** The description of a flow. */
export interface FlowDescription {
  readonly text: string;
  readonly hops: readonly Hop[];
}

/** Describes each flow by the addresses and ports that distinguish it from the other flows between the same endpoints. */
export function describeFlows(flows: readonly Flow[]): readonly FlowDescription[] {
  return flows.map((flow) => {
    const others = flows.filter(({ from, to }) => from === flow.from && to === flow.to);
    const differences = others.length === 1 ? [] : PROPERTIES.flatMap((property) => difference(property, flow, others));
    return { text: [`${flow.from.path} to ${flow.to.path}`, ...differences].join(", "), hops: flow.hops };
  });
}

/** A property of packets that can distinguish flows. */
interface Property {
  readonly name: string;
  /** The text in place of a long list. */
  readonly rest: string;
  readonly format: (range: Range) => string;
  readonly of: (packet: Flow["packets"][number]) => Range | Unknown;
}

const PROPERTIES: readonly Property[] = [
  { name: "from", rest: "all other addresses", format: addresses, of: ({ source }) => source },
  { name: "to", rest: "all other addresses", format: addresses, of: ({ destination }) => destination },
  { name: "port", rest: "all others", format: ports, of: ({ destinationPorts }) => destinationPorts },
  { name: "source port", rest: "all others", format: ports, of: ({ sourcePorts }) => sourcePorts },
];

/** Longer lists are abbreviated. */
const MAX_RANGES = 4;

function difference({ name, rest, format, of }: Property, flow: Flow, others: readonly Flow[]): readonly string[] {
  const own = rangesOf(flow, of);
  const all = merged(others.flatMap((other) => rangesOf(other, of)));
  if (own.map(format).join() === all.map(format).join()) return [];
  return [`${name} ${own.length > MAX_RANGES ? rest : own.map(format).join(" and ")}`];
}

function rangesOf({ packets }: Flow, of: Property["of"]): readonly Range[] {
  return merged(packets.map(of).flatMap((range) => (isUnknown(range) ? [] : [range])));
}

function ports({ first, last }: Range): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function addresses({ first, last }: Range): string {
  const prefix = 32 - Math.log2(last - first + 1);
  if (Number.isInteger(prefix) && first % 2 ** (32 - prefix) === 0) return Cidr.containing(first, prefix).toString();
  return [first, last].map((address) => Cidr.containing(address, 32).address(0)).join("-");
}
