import { defined } from "../../core/defined";
import type { Size } from "../../core/size";
import type { Location, Violation } from "../../core/violation";
import { quantityOf } from "../quantity";
import { KUB044 } from "./rules";
import { isWhole } from "../whole-number";
import type { Cpu } from "../workload/cpu";

/** Amounts that all pods and claims of a namespace have together. */
export interface QuotaAmounts {
  /** Requested processor time. @default - not limited */
  readonly cpu?: Cpu;
  /** Requested memory. @default - not limited */
  readonly memory?: Size;
  /** Limits of processor time. @default - not limited */
  readonly cpuLimit?: Cpu;
  /** Limits of memory. @default - not limited */
  readonly memoryLimit?: Size;
  /** Number of pods that have not ended. @default - not limited */
  readonly pods?: number;
  /** Number of claims. @default - not limited */
  readonly claims?: number;
  /** Storage of all claims. @default - not limited */
  readonly storage?: Size;
  /** Number of Services of type LoadBalancer, each of which costs. @default - not limited */
  readonly loadBalancers?: number;
}

/**
 * Defines how much a project may use. The API server rejects what exceeds it.
 *
 * @example Quota.of({ cpu: Cpu.cores(4), memory: Size.gibibytes(8), pods: 20, claims: 5, storage: Size.gibibytes(100) }); Quota.none()
 */
export class Quota {
  /** At most these amounts. */
  static of(amounts: QuotaAmounts): Quota {
    return new Quota(amounts);
  }

  /** No limit: one project can use the whole cluster. */
  static none(): Quota {
    return new Quota(undefined);
  }

  private constructor(private readonly amounts: QuotaAmounts | undefined) {}

  /** The amounts by the names of the API; undefined without a limit. */
  get hard(): Readonly<Record<string, string>> | undefined {
    if (this.amounts === undefined) return undefined;
    const { cpu, memory, cpuLimit, memoryLimit, pods, claims, storage, loadBalancers } = this.amounts;
    return defined({
      "requests.cpu": cpu?.toQuantity(),
      "requests.memory": memory && quantityOf(memory),
      "limits.cpu": cpuLimit?.toQuantity(),
      "limits.memory": memoryLimit && quantityOf(memoryLimit),
      pods: pods?.toString(),
      persistentvolumeclaims: claims?.toString(),
      "requests.storage": storage && quantityOf(storage),
      "services.loadbalancers": loadBalancers?.toString(),
    });
  }

  /** Whether pods without requests and limits are rejected unless defaults exist. */
  get needsDefaults(): boolean {
    const { cpu, memory, cpuLimit, memoryLimit } = this.amounts ?? {};
    return [cpu, memory, cpuLimit, memoryLimit].some((amount) => amount !== undefined);
  }

  /** Violations of the numbers. */
  violations(at: Location): Violation[] {
    if (this.amounts === undefined) return [];
    const { pods = 0, claims = 0, loadBalancers = 0 } = this.amounts;
    return [
      ...(Object.keys(defined(this.amounts)).length === 0
        ? [KUB044.violation({ at, given: "a quota without amounts", fix: "set one, or use Quota.none()" })]
        : []),
      ...Object.entries({ pods, claims, loadBalancers })
        .filter(([, count]) => !isWhole(count, 0))
        .map(([name, count]) =>
          KUB044.violation({ at, given: `${count} ${name}`, fix: "use a whole number of at least 0" }),
        ),
    ];
  }
}
