import type { Place, Violation } from "../../core/violation";
import { KUB005 } from "../rules";

/** A Service's port and the container's behind it. Named, so that nobody swaps them. */
export interface PortPair {
  /** Where clients of the Service connect. */
  readonly service: number;
  /** Where the container listens. */
  readonly container: number;
}

/**
 * Defines the way from a Service to the container behind it.
 *
 * @example ServicePort.of({ service: 80, container: 8080 })
 */
export class ServicePort {
  /** A container port with a name, which the Service and the probes aim at: the number stands in one place. */
  static of(ports: PortPair & { /** @default "http" */ readonly name?: string }): ServicePort {
    return new ServicePort(ports.service, ports.container, ports.name ?? "http");
  }

  /** Ports without a name, aimed at by number, as manifests written by hand often have it. */
  static byNumber(ports: PortPair): ServicePort {
    return new ServicePort(ports.service, ports.container, undefined);
  }

  private constructor(
    readonly service: number,
    readonly container: number,
    readonly name: string | undefined,
  ) {}

  /** What a Service or a probe aims at. */
  get target(): string {
    return this.name ?? `${this.container}`;
  }

  /** What is wrong with the ports. */
  violations(at: Place): Violation[] {
    const numbers = [this.service, this.container]
      .filter((port) => !Number.isInteger(port) || port < 1 || port > 65535)
      .map((port) => KUB005.violation({ at, given: `port ${port}`, fix: "use a whole number from 1 to 65535" }));
    if (this.name === undefined || /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(this.name))
      return numbers;
    return [
      ...numbers,
      KUB005.violation({
        at,
        given: `port name "${this.name}"`,
        fix: "use at most 15 lower-case letters, digits and single hyphens, at least one letter",
      }),
    ];
  }
}
