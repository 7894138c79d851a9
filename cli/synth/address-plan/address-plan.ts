import { freeBlocks, literal, type NetworkAddresses } from "./network-addresses";

/** A line of the plan. */
interface Line {
  readonly cidr: string;
  readonly label: string;
}

/** The address plan of networks for review: every subnet and every free part, in address order. */
export function addressPlanText(networks: readonly NetworkAddresses[]): readonly string[] {
  return networks.flatMap((network, index) => [...(index === 0 ? [] : [""]), ...networkLines(network)]);
}

/** The address plan for programs. */
export function addressPlanData(networks: readonly NetworkAddresses[]): readonly object[] {
  return networks.map((network) => ({ ...network, free: freeBlocks(network) }));
}

function networkLines(network: NetworkAddresses): readonly string[] {
  const { network: path, region, blocks, subnets } = network;
  const lines: Line[] = [
    ...subnets.map(({ cidr, name, zone }) => ({ cidr, label: zone === "" ? name : `${name} (${zone})` })),
    ...freeBlocks(network).map((cidr) => ({ cidr, label: "free" })),
  ];
  const width = Math.max(12, ...lines.map(({ label }) => label.length));
  return [
    `${path}${region === "" ? "" : ` in ${region}`}`,
    ...blocks.map((block) => `${block}${addresses(block, "  ")}`),
    ...lines.sort(byAddress).map(({ cidr, label }) => `  ${cidr.padEnd(18)}  ${label.padEnd(width)}${addresses(cidr)}`),
  ];
}

/** Number of addresses; empty for an expression. */
function addresses(cidr: string, separator = ""): string {
  const block = literal(cidr);
  if (block === undefined) return "";
  const count = block.size.toLocaleString("en");
  return separator === "" ? count.padStart(11) : `${separator}${count} addresses`;
}

function byAddress(left: Line, right: Line): number {
  return (literal(left.cidr)?.first ?? Infinity) - (literal(right.cidr)?.first ?? Infinity) || 0;
}
