import type { Cidr } from "./cidr";
import { PLN005 } from "./rules";

/**
 * Defines the part of a block that belongs to a tier: one of 2, 4, 8, 16 or 32 equal parts, counted from 1.
 *
 * Each tier specifies its own slot, so that other tiers never move it.
 *
 * @example Slot.eighth(3) // of 10.0.0.0/16: 10.0.64.0/19
 */
export class Slot {
  /** One of two halves of the block. */
  static half(nth: number): Slot {
    return new Slot(1, nth);
  }
  /** One of four quarters of the block. */
  static quarter(nth: number): Slot {
    return new Slot(2, nth);
  }
  /** One of eight parts of the block. */
  static eighth(nth: number): Slot {
    return new Slot(3, nth);
  }
  /** One of sixteen parts of the block. */
  static sixteenth(nth: number): Slot {
    return new Slot(4, nth);
  }
  /** One of 32 parts of the block. */
  static thirtySecond(nth: number): Slot {
    return new Slot(5, nth);
  }

  /** Parses a slot written as a fraction: `3/8` is the third eighth. */
  static parse(text: string): Slot {
    const match = /^(\d+)\/(2|4|8|16|32)$/.exec(text);
    if (match === null)
      throw PLN005.violation({ given: `slot "${text}"`, fix: "write a part of 2, 4, 8, 16 or 32, such as 3/8" });
    return new Slot(Math.log2(Number(match[2])), Number(match[1]));
  }

  private constructor(
    private readonly bits: number,
    private readonly nth: number,
  ) {
    if (!Number.isInteger(nth) || nth < 1 || nth > 2 ** bits)
      throw PLN005.violation({
        given: `part ${nth} of ${2 ** bits}`,
        fix: `count from 1 to ${2 ** bits}`,
      });
  }

  /** The addresses of this slot in a block. */
  of(block: Cidr): Cidr {
    return block.part(block.prefix + this.bits, this.nth - 1);
  }

  /** Text for messages and names. */
  toString(): string {
    return `part ${this.nth} of ${2 ** this.bits}`;
  }
}
