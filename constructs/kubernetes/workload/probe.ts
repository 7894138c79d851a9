import { Duration } from "../../core/duration";
import { checkedPath } from "../http-path";
import type { ServicePort } from "./service-port";

/** How patient a probe is. */
export interface ProbePatience {
  /** @default - ten seconds */
  readonly every?: Duration;
  /** How long an answer may take. @default - one second */
  readonly timeout?: Duration;
  /** Failures in a row before the kubelet acts. @default 3 */
  readonly failures?: number;
  /** @default - none: a startup probe says when the others begin */
  readonly after?: Duration;
}

/** A probe as the Terraform provider takes it. */
export interface RenderedProbe {
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
  readonly initialDelaySeconds?: number;
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly tcpSocket?: { readonly port: string }[];
}

/**
 * Defines how a kubelet asks a container how it is.
 *
 * @example Probe.http("/healthz", { every: Duration.seconds(5) }); Probe.tcp()
 */
export class Probe {
  /** Healthy is what answers a GET with a status from 200 to 399. */
  static http(path: string, patience: ProbePatience = {}): Probe {
    return new Probe(checkedPath(path), patience);
  }

  /** Healthy is what accepts a connection. */
  static tcp(patience: ProbePatience = {}): Probe {
    return new Probe(undefined, patience);
  }

  private constructor(
    private readonly path: string | undefined,
    private readonly patience: ProbePatience,
  ) {}

  /** The probe, aimed at a port. */
  render({ target }: ServicePort): RenderedProbe {
    const { every = Duration.seconds(10), timeout = Duration.seconds(1), failures = 3, after } = this.patience;
    return {
      periodSeconds: every.toSeconds(),
      timeoutSeconds: timeout.toSeconds(),
      failureThreshold: failures,
      ...(after === undefined ? {} : { initialDelaySeconds: after.toSeconds() }),
      ...(this.path === undefined ? { tcpSocket: [{ port: target }] } : { httpGet: { path: this.path, port: target } }),
    };
  }
}
