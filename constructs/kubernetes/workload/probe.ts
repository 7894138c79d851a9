import { defined } from "../../core/defined";
import { Duration } from "../../core/duration";
import type { Location, Violation } from "../../core/violation";
import { checkedPath } from "../http-path";
import { KUB022 } from "../rules";
import { isWhole, MAX_INT32 } from "../whole-number";
import type { ServicePort } from "./service-port";

/** Timing of a probe. */
export interface ProbeTiming {
  /** Time between two probes. @default - ten seconds */
  readonly every?: Duration;
  /** Time after which a probe without a response counts as failed. @default - one second */
  readonly timeout?: Duration;
  /** Consecutive failures before the kubelet acts, at least 1. @default 3 */
  readonly failures?: number;
  /** Delay before the first probe. @default - none: a startup probe determines when the others begin */
  readonly after?: Duration;
}

/** Arguments of a probe in the Terraform provider. */
export interface RenderedProbe {
  /** Time between two probes. */
  readonly periodSeconds: number;
  /** Time after which a probe has failed. */
  readonly timeoutSeconds: number;
  /** Number of failures in a row that count. */
  readonly failureThreshold: number;
  /** Time before the first probe. */
  readonly initialDelaySeconds?: number;
  /** HTTP request of the probe. */
  readonly httpGet?: { readonly path: string; readonly port: string };
  /** TCP connection of the probe. */
  readonly tcpSocket?: { readonly port: string }[];
}

/**
 * Defines how a kubelet checks the health of a container.
 *
 * @example Probe.http("/healthz", { every: Duration.seconds(5) }); Probe.tcp()
 */
export class Probe {
  /** Succeeds when a GET request returns a status from 200 to 399. */
  static http(path: string, timing: ProbeTiming = {}): Probe {
    return new Probe(checkedPath(path), timing);
  }

  /** Succeeds when the port accepts a connection. */
  static tcp(timing: ProbeTiming = {}): Probe {
    return new Probe(undefined, timing);
  }

  private constructor(
    private readonly path: string | undefined,
    private readonly timing: ProbeTiming,
  ) {}

  /** Violations of the timing. */
  violations(at: Location): Violation[] {
    const { every, timeout, after, failures = 3 } = this.timing;
    const times = [every, timeout, after].filter((time) => time !== undefined && time.toSeconds() > MAX_INT32);
    return [
      ...(isWhole(failures, 1)
        ? []
        : [
            KUB022.violation({ at, given: `${failures} failures of a probe`, fix: "use a whole number of at least 1" }),
          ]),
      ...times.map((time) =>
        KUB022.violation({ at, given: `a probe with ${String(time)}`, fix: `use at most ${MAX_INT32} seconds` }),
      ),
    ];
  }

  /** The probe of a port. */
  render({ target }: ServicePort): RenderedProbe {
    const { every = Duration.seconds(10), timeout = Duration.seconds(1), failures = 3, after } = this.timing;
    return {
      periodSeconds: every.toSeconds(),
      timeoutSeconds: timeout.toSeconds(),
      failureThreshold: failures,
      ...defined({ initialDelaySeconds: after?.toSeconds() }),
      ...(this.path === undefined ? { tcpSocket: [{ port: target }] } : { httpGet: { path: this.path, port: target } }),
    };
  }
}
