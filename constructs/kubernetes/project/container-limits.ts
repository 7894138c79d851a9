import { defined } from "../../core/defined";
import type { Location, Violation } from "../../core/violation";
import { KUB045 } from "./rules";
import { type Amounts, Resources } from "../workload/resources";

/** Amounts of the containers of a namespace. */
export interface ContainerAmounts {
  /** Requests of containers that have none. @default - the default limits */
  readonly requests?: Amounts;
  /** Limits of containers that have none. @default - none */
  readonly limits?: Amounts;
  /** Largest limits of a container. @default - none */
  readonly max?: Amounts;
}

/**
 * Defines the resources of containers that have none of their own, and the largest ones.
 *
 * @example
 * ContainerLimits.of({
 *   requests: { cpu: Cpu.millicores(100), memory: Size.mebibytes(128) },
 *   limits: { memory: Size.mebibytes(256) },
 * })
 */
export class ContainerLimits {
  /** These amounts. */
  static of(amounts: ContainerAmounts): ContainerLimits {
    return new ContainerLimits(amounts);
  }

  /** Neither defaults nor a maximum. */
  static none(): ContainerLimits {
    return new ContainerLimits({});
  }

  private constructor(private readonly amounts: ContainerAmounts) {}

  /** The limit as an argument of a LimitRange; undefined without amounts. */
  get limit(): { readonly type: string } | undefined {
    const [defaultRequest, limits, max] = [this.amounts.requests, this.amounts.limits, this.amounts.max].map(
      quantities,
    );
    const limit = defined({ defaultRequest, default: limits, max });
    return Object.keys(limit).length === 0 ? undefined : { type: "Container", ...limit };
  }

  /** Violations of the amounts: defaults fit in each other and in the maximum. */
  violations(at: Location): Violation[] {
    const { requests = {}, limits = {}, max = {} } = this.amounts;
    const pairs = [
      ["default requests above the default limits", requests, limits],
      ["default limits above the maximum", limits, max],
      ["default requests above the maximum", requests, max],
    ] as const;
    return pairs
      .filter(([, low, high]) => Resources.of({ requests: low, limits: high }).violations(at).length > 0)
      .map(([given]) => KUB045.violation({ at, given, fix: "lower the first or raise the second" }));
  }
}

/** Amounts as quantities of the API; undefined without any. */
function quantities(amounts: Amounts | undefined): Readonly<Record<string, string>> | undefined {
  return amounts && Resources.of({ requests: amounts }).render().resources?.requests;
}
