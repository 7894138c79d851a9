import { DIM001 } from "./rules";

/**
 * Defines an amount of storage or memory.
 *
 * @example Size.gibibytes(20).toGibibytes() // 20
 */
export class Size {
  /** A number of MiB. */
  static mebibytes(amount: number): Size {
    return new Size(amount, "MiB");
  }
  /** A number of GiB. */
  static gibibytes(amount: number): Size {
    return new Size(amount * 1024, `MiB (${amount} GiB)`);
  }
  /** A number of TiB. */
  static tebibytes(amount: number): Size {
    return new Size(amount * 1024 * 1024, `MiB (${amount} TiB)`);
  }

  private constructor(
    private readonly mebibytes: number,
    unit: string,
  ) {
    if (!Number.isInteger(mebibytes) || mebibytes <= 0)
      throw DIM001.violation({ given: `${mebibytes} ${unit}`, fix: "use a whole number above zero" });
  }

  /** The size in MiB. */
  toMebibytes(): number {
    return this.mebibytes;
  }

  /** The size in GiB. */
  toGibibytes(): number {
    if (this.mebibytes % 1024 !== 0)
      throw DIM001.violation({
        given: `${this.mebibytes} MiB where whole GiB are required`,
        fix: "use Size.gibibytes()",
      });
    return this.mebibytes / 1024;
  }

  /** The size as text, `100 GiB`. */
  toString(): string {
    return this.mebibytes % 1024 === 0 ? `${this.mebibytes / 1024} GiB` : `${this.mebibytes} MiB`;
  }
}
