import type { Location, Violation } from "../../core/violation";
import { KUB005 } from "../rules";

/** The port of a Service and the port of the container behind it, by name, so that they cannot be swapped. */
export interface PortPair {
  /** Port of the Service, which clients connect to. */
  readonly service: number;
  /** Port on which the container listens. */
  readonly container: number;
}

/**
 * Defines the port of a Service and the container port that it forwards to.
 *
 * @example ServicePort.of({ service: 80, container: 8080 })
 */
export class ServicePort {
  /** A named container port, which the Service and the probes refer to by name: the number is written once. */
  static of(ports: PortPair & { /** @default "http" */ readonly name?: string }): ServicePort {
    return new ServicePort(ports.service, ports.container, ports.name ?? "http");
  }

  /** A container port without a name, referred to by number, as in many manifests written by hand. */
  static byNumber(ports: PortPair): ServicePort {
    return new ServicePort(ports.service, ports.container, undefined);
  }

  private constructor(
    /** Port of the Service. */
    readonly service: number,

    /** Port of the container. */
    readonly container: number,

    /** Name of the port. */
    readonly name: string | undefined,
  ) {}

  /** The target port of a Service or a probe. */
  get target(): string {
    return this.name ?? `${this.container}`;
  }

  /** Violations of the numbers and the name. */
  violations(at: Location): Violation[] {
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
