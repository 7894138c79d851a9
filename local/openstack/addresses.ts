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
  const block = parseMasked(text);
  if (parseAddress(text.split("/")[0] ?? "") !== block.first)
    throw badRequest(`"${text}" has bits set behind its prefix`, "HTTPBadRequest");
  return block;
}

/** Parses a CIDR block; bits after the prefix are cleared. */
export function parseMasked(text: string, errorType = "HTTPBadRequest"): Block {
  const [address = "", length = ""] = text.split("/");
  const number = parseAddress(address);
  const prefix = Number(length);
  if (number === undefined || !/^\d{1,2}$/.test(length) || prefix > 32)
    throw badRequest(`"${text}" is no block of IPv4 addresses`, errorType);
  const size = 2 ** (32 - prefix);
  const first = number - (number % size);
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
