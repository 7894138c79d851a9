import { CID001, CID002 } from "./rules";

const PRIVATE_SPACE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/**
 * Defines a block of IPv4 addresses. A value: two blocks with the same text are the same block.
 *
 * @example Cidr.parse("10.0.0.0/16").contains(Cidr.parse("10.0.4.0/22")) // true
 */
export class Cidr {
  /** Reads `a.b.c.d/n`. The address must be the first of its block. */
  static parse(text: string, at?: string): Cidr {
    const where = at === undefined ? {} : { at };
    const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
    const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = (match ?? []).slice(1).map(Number);
    const canonicalDigits = match?.slice(1).every((digits) => digits === String(Number(digits))) ?? false;
    if (!canonicalDigits || prefix > 32 || [a, b, c, d].some((byte) => byte > 255))
      throw CID001.violation({ ...where, given: `"${text}"`, fix: "write a block such as 10.0.0.0/16" });
    const block = new Cidr(((a * 256 + b) * 256 + c) * 256 + d, prefix);
    if (block.first % block.size !== 0)
      throw CID002.violation({
        ...where,
        given: `${text} has host bits set`,
        fix: `write ${Cidr.containing(block.first, prefix).toString()}`,
      });
    return block;
  }

  /** The block of the given prefix length that holds an address. */
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

  /** Whether the block lies in address space that is nobody's on the internet (RFC 1918, RFC 6598). */
  get isPrivate(): boolean {
    return PRIVATE_SPACE.some((range) => Cidr.parse(range).contains(this));
  }

  contains(other: Cidr): boolean {
    return other.first >= this.first && other.last <= this.last;
  }

  overlaps(other: Cidr): boolean {
    return this.first <= other.last && other.first <= this.last;
  }

  equals(other: Cidr): boolean {
    return this.first === other.first && this.prefix === other.prefix;
  }

  /** The n-th (from 0) of the equal parts with the given prefix length. The caller keeps n inside the block. */
  part(prefix: number, n: number): Cidr {
    return new Cidr(this.first + n * 2 ** (32 - prefix), prefix);
  }

  /** The n-th address (from 0) as text; a negative n counts from the end, -1 is the last. */
  address(n: number): string {
    return dotted(n < 0 ? this.last + 1 + n : this.first + n);
  }

  toString(): string {
    return `${dotted(this.first)}/${this.prefix}`;
  }
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
