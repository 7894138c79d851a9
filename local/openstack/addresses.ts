import { badRequest } from "./api/api-error";

// Independent of the address arithmetic in constructs/core: an error there must not be repeated here.

/** A block of addresses, as numbers. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Parses an IPv4 address into a number; `undefined` when the text is not an address. */
export function parseAddress(text: string): number | undefined {
  const bytes = text.split(".");
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)) return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

/** Formats a number as an IPv4 address. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Parses a CIDR block. Rejects text that is not a block, and a block with bits set after the prefix. */
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

/** Whether a block contains an address. */
export function contains(block: Pick<Block, "first" | "last">, address: number): boolean {
  return block.first <= address && address <= block.last;
}

/** Whether a block is inside another. */
export function isWithin(inner: Block, outer: Block): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether two blocks share an address. */
export function overlaps(a: Block, b: Block): boolean {
  return a.first <= b.last && b.first <= a.last;
}
