import { defined } from "../../core/defined";
import type { Size } from "../../core/size";
import type { Location, Violation } from "../../core/violation";
import { quantityOf } from "../quantity";
import { KUB007 } from "../rules";
import type { Cpu } from "./cpu";

/** CPU and memory of one container. */
export interface Amounts {
  /** Processor time. @default - not set */
  readonly cpu?: Cpu;
  /** Memory. @default - not set */
  readonly memory?: Size;
}

/**
 * Defines the resource requests and limits of a container.
 *
 * The scheduler reserves the requests. A container that exceeds its memory limit is terminated; CPU above the limit is throttled.
 *
 * @example
 * Resources.of({
 *   requests: { cpu: Cpu.millicores(250), memory: Size.mebibytes(128) },
 *   limits: { memory: Size.mebibytes(128) },
 * })
 */
export class Resources {
  /** Requests and limits of a container. */
  static of(props: { readonly requests?: Amounts; readonly limits?: Amounts }): Resources {
    return new Resources(props.requests ?? {}, props.limits ?? {});
  }

  /** Neither requests nor limits: these pods are evicted first when a node runs out of memory, and cannot be autoscaled. */
  static unbounded(): Resources {
    return new Resources({}, {});
  }

  private constructor(
    /** Amounts that the node reserves. */
    readonly requests: Amounts,

    /** Amounts that the container cannot exceed. */
    readonly limits: Amounts,
  ) {}

  /** The CPU that the scheduler reserves: the request, or else the limit, as the API server defaults it. */
  get requestedCpu(): Cpu | undefined {
    return this.requests.cpu ?? this.limits.cpu;
  }

  /** Violations of these amounts. */
  violations(at: Location): Violation[] {
    const { requests, limits } = this;
    const cpuOver = exceeds(requests.cpu?.toMillicores(), limits.cpu?.toMillicores());
    const memoryOver = exceeds(requests.memory?.toMebibytes(), limits.memory?.toMebibytes());
    const found = [
      ...(cpuOver ? [`CPU ${String(requests.cpu)} requested, limit ${String(limits.cpu)}`] : []),
      ...(memoryOver ? [`memory ${String(requests.memory)} requested, limit ${String(limits.memory)}`] : []),
    ];
    return found.map((given) => KUB007.violation({ at, given, fix: "raise the limit or lower the request" }));
  }

  /** The argument of a container in the Terraform provider; empty without requests and limits. */
  render(): { resources?: { requests?: Record<string, string>; limits?: Record<string, string> } } {
    const [requests, limits] = [quantities(this.requests), quantities(this.limits)];
    const resources = {
      ...(Object.keys(requests).length === 0 ? {} : { requests }),
      ...(Object.keys(limits).length === 0 ? {} : { limits }),
    };
    return Object.keys(resources).length === 0 ? {} : { resources };
  }
}

function exceeds(request: number | undefined, limit: number | undefined): boolean {
  return request !== undefined && limit !== undefined && request > limit;
}

function quantities({ cpu, memory }: Amounts): Record<string, string> {
  return { ...defined({ cpu: cpu?.toQuantity(), memory: memory && quantityOf(memory) }) };
}
