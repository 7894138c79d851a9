import { KUB015 } from "../rules";

/**
 * Defines an amount of CPU.
 *
 * @example Cpu.millicores(250).toQuantity() // "250m"
 */
export class Cpu {
  /** A number of thousandths of a core. */
  static millicores(amount: number): Cpu {
    return new Cpu(amount);
  }
  /** A number of cores. */
  static cores(amount: number): Cpu {
    const millicores = amount * 1000;
    // 0.57 cores are 569.9999999999999 millicores in binary arithmetic.
    const rounded = Math.round(millicores);
    return new Cpu(Math.abs(millicores - rounded) < 1e-6 ? rounded : millicores);
  }

  private constructor(private readonly millicores: number) {
    if (!Number.isSafeInteger(millicores) || millicores <= 0)
      throw KUB015.violation({
        given: `${millicores} millicores`,
        fix: "use a whole number of millicores above zero",
      });
  }

  /** The amount in thousandths of a core. */
  toMillicores(): number {
    return this.millicores;
  }

  /** The amount in the API server's canonical form; any other form would show as a change in every plan. */
  toQuantity(): string {
    return this.millicores % 1000 === 0 ? `${this.millicores / 1000}` : `${this.millicores}m`;
  }

  /** The amount in Kubernetes' notation, `500m`. */
  toString(): string {
    return this.toQuantity();
  }
}
