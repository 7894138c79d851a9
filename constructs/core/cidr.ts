import { CID001, CID002 } from "./rules";
import type { Location } from "./violation";

const PRIVATE_SPACE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** A byte without leading zeros: some tools read those as octal. */
const BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const ADDRESS = `${BYTE}\\.${BYTE}\\.${BYTE}\\.${BYTE}`;
const IPV4_ADDRESS = new RegExp(`^${ADDRESS}$`);
const CIDR = new RegExp(`^${ADDRESS}/(3[0-2]|[12]?\\d)$`);

/** Whether a text is an IPv4 address in dotted decimal notation, without leading zeros. */
export function isIpv4Address(text: string): boolean {
  return IPV4_ADDRESS.test(text);
}

/**
 * Defines a block of IPv4 addresses. A value object: blocks with the same text are equal.
 *
 * @example Cidr.parse("10.0.0.0/16").contains(Cidr.parse("10.0.4.0/22")) // true
 */
export class Cidr {
  /** Parses `a.b.c.d/n`. The address must be the first address of the block. */
  static parse(text: string, at?: Location): Cidr {
    const match = CIDR.exec(text);
    if (match === null) throw CID001.violation({ at, given: `"${text}"`, fix: "write a block such as 10.0.0.0/16" });
    const first = match.slice(1, 5).reduce((address, byte) => address * 256 + Number(byte), 0);
    const block = new Cidr(first, Number(match[5]));
    if (block.first % block.size !== 0)
      throw CID002.violation({
        at,
        given: `${text} has host bits set`,
        fix: `write ${Cidr.containing(block.first, block.prefix).toString()}`,
      });
    return block;
  }

  /** The block of the given prefix length that contains an address. */
  static containing(address: number, prefix: number): Cidr {
    const size = 2 ** (32 - prefix);
    return new Cidr(address - (address % size), prefix);
  }

  /** Number of addresses. */
  readonly size: number;

  private constructor(
    /** First address, as a number. */
    readonly first: number,
    /** Prefix length. */
    readonly prefix: number,
  ) {
    this.size = 2 ** (32 - prefix);
  }

  /** Last address, as a number. */
  get last(): number {
    return this.first + this.size - 1;
  }

  /** Whether the block is inside private or shared address space (RFC 1918, RFC 6598). */
  get isPrivate(): boolean {
    return PRIVATE_SPACE.some((range) => Cidr.parse(range).contains(this));
  }

  /** Whether all addresses of the other block are in this one. */
  contains(other: Cidr): boolean {
    return other.first >= this.first && other.last <= this.last;
  }

  /** Whether both blocks have an address in common. */
  overlaps(other: Cidr): boolean {
    return this.first <= other.last && other.first <= this.last;
  }

  /** Whether both are the same block. */
  equals(other: Cidr): boolean {
    return this.first === other.first && this.prefix === other.prefix;
  }

  /** The n-th (from 0) of the equal parts with the given prefix length. The caller ensures that n is inside the block. */
  part(prefix: number, n: number): Cidr {
    return new Cidr(this.first + n * 2 ** (32 - prefix), prefix);
  }

  /** The n-th address (from 0) as text; a negative n counts from the end: -1 is the last address. */
  address(n: number): string {
    return dotted(n < 0 ? this.last + 1 + n : this.first + n);
  }

  /** The block as text, `10.20.0.0/16`. */
  toString(): string {
    return `${dotted(this.first)}/${this.prefix}`;
  }
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
