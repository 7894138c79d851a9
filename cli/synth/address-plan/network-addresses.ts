import { Cidr } from "@groundwork/constructs/core";

/** A subnet of a synthesized network. */
export interface SubnetAddresses {
  /** Path of its construct, relative to the network's: `private/a`. */
  readonly name: string;
  /** IPv4 block; an expression when it is known only at apply. */
  readonly cidr: string;
  /** Empty when the subnet is in no particular zone. */
  readonly zone: string;
}

/** The IPv4 addresses of a synthesized network. */
export interface NetworkAddresses {
  readonly stack: string;
  /** Path of the network's construct. */
  readonly network: string;
  /** Empty when the provider's configuration determines it. */
  readonly region: string;
  /** IPv4 blocks; empty for a network of OpenStack, which has only subnets. */
  readonly blocks: readonly string[];
  readonly subnets: readonly SubnetAddresses[];
}

/** The largest aligned parts of the blocks that no subnet uses; empty when an address is known only at apply. */
export function freeBlocks({ blocks, subnets }: NetworkAddresses): readonly string[] {
  const [all, used] = [blocks.map(literal), subnets.map(({ cidr }) => literal(cidr))];
  if (all.includes(undefined) || used.includes(undefined)) return [];
  return all.flatMap((block) => (block === undefined ? [] : freeParts(block, used))).map(String);
}

function freeParts(block: Cidr, used: readonly (Cidr | undefined)[]): readonly Cidr[] {
  const inside = used.filter((cidr) => cidr?.overlaps(block) === true);
  if (inside.length === 0) return [block];
  if (inside.some((cidr) => cidr?.contains(block) === true)) return [];
  return [0, 1].flatMap((half) => freeParts(block.part(block.prefix + 1, half), inside));
}

/** The block of a text that is not an expression. */
export function literal(text: string): Cidr | undefined {
  return /^[\d./]+$/.test(text) ? Cidr.parse(text) : undefined;
}
