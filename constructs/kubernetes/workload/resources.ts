import type { Size } from "../../core/size";
import type { Place, Violation } from "../../core/violation";
import type { Cpu } from "./cpu";
import { KUB007 } from "../rules";

/** CPU and memory of one container. */
export interface Amounts {
  /** @default - nothing said */
  readonly cpu?: Cpu;
  /** @default - nothing said */
  readonly memory?: Size;
}

/**
 * Defines what a container is promised, and what it may not exceed.
 *
 * The scheduler places by requests. Memory beyond its limit ends the container; CPU beyond its limit is only slowed down.
 *
 * @example
 * Resources.of({
 *   requests: { cpu: Cpu.millicores(250), memory: Size.mebibytes(128) },
 *   limits: { memory: Size.mebibytes(128) },
 * })
 */
export class Resources {
  static of(props: { readonly requests?: Amounts; readonly limits?: Amounts }): Resources {
    return new Resources(props.requests ?? {}, props.limits ?? {});
  }

  /** No promise and no bound: the first to be evicted when a node runs short, and no pod autoscaler can work with it. */
  static unbounded(): Resources {
    return new Resources({}, {});
  }

  private constructor(
    readonly requests: Amounts,
    readonly limits: Amounts,
  ) {}

  /** The CPU the scheduler counts with: the request, else the limit, as the API server fills it in. */
  get requestedCpu(): Cpu | undefined {
    return this.requests.cpu ?? this.limits.cpu;
  }

  /** What is wrong with the amounts. */
  violations(at: Place): Violation[] {
    const { requests, limits } = this;
    const cpuOver = above(requests.cpu?.toMillicores(), limits.cpu?.toMillicores());
    const memoryOver = above(requests.memory?.toMebibytes(), limits.memory?.toMebibytes());
    const found = [
      ...(cpuOver ? [`CPU ${String(requests.cpu)} requested, limit ${String(limits.cpu)}`] : []),
      ...(memoryOver ? [`memory ${String(requests.memory)} requested, limit ${String(limits.memory)}`] : []),
    ];
    return found.map((given) => KUB007.violation({ at, given, fix: "raise the limit or lower the request" }));
  }

  /** As the Terraform provider takes it; nothing when nothing was said. */
  render(): { resources?: { requests?: Record<string, string>; limits?: Record<string, string> } } {
    const [requests, limits] = [quantities(this.requests), quantities(this.limits)];
    const resources = {
      ...(Object.keys(requests).length === 0 ? {} : { requests }),
      ...(Object.keys(limits).length === 0 ? {} : { limits }),
    };
    return Object.keys(resources).length === 0 ? {} : { resources };
  }
}

function above(request: number | undefined, limit: number | undefined): boolean {
  return request !== undefined && limit !== undefined && request > limit;
}

function quantities({ cpu, memory }: Amounts): Record<string, string> {
  return {
    ...(cpu === undefined ? {} : { cpu: cpu.toQuantity() }),
    ...(memory === undefined ? {} : { memory: memoryQuantity(memory) }),
  };
}

/** Memory as the API server writes it back: in the largest unit that needs no fraction. */
function memoryQuantity(size: Size): string {
  const mebibytes = size.toMebibytes();
  const [unit, name] =
    mebibytes % 1024 ** 2 === 0 ? [1024 ** 2, "Ti"] : mebibytes % 1024 === 0 ? [1024, "Gi"] : [1, "Mi"];
  return `${mebibytes / unit}${name}`;
}
