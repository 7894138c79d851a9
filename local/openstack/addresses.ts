import { badRequest } from "./api/api-error";

// Written anew and not taken from the constructs: what they get wrong here would otherwise be right.

/** A block of addresses, as numbers. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** An IPv4 address as a number; nothing when it is none. */
export function parseAddress(text: string): number | undefined {
  const bytes = text.split(".");
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)) return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

/** A number as an IPv4 address. */
export function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Reads a block. Refuses what is none, and what does not begin at its own edge. */
export function parseBlock(text: string): Block {
  const [address = "", length = ""] = text.split("/");
  const first = parseAddress(address);
  const prefix = Number(length);
  if (first === undefined || !/^\d{1,2}$/.test(length) || prefix > 32)
    throw badRequest(`"${text}" is no block of IPv4 addresses`);
  const size = 2 ** (32 - prefix);
  if (first % size !== 0) throw badRequest(`"${text}" has bits set behind its prefix`);
  return { first, last: first + size - 1, prefix };
}

/** Whether a block holds an address. */
export function holds(block: Pick<Block, "first" | "last">, address: number): boolean {
  return block.first <= address && address <= block.last;
}

/** Whether a block lies in another. */
export function within(inner: Block, outer: Block): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether two blocks share an address. */
export function overlap(one: Block, other: Block): boolean {
  return one.first <= other.last && other.first <= one.last;
}
