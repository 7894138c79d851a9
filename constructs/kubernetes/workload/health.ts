import { defined } from "../../core/defined";
import type { Location, Violation } from "../../core/violation";
import { checkedPath } from "../http-path";
import { Probe, type RenderedProbe } from "./probe";
import type { ServicePort } from "./service-port";

/** The three probes of a container. */
export interface Probes {
  /** Whether the container has started; the other probes begin afterwards. @default - a TCP connection, for up to five minutes */
  readonly startup?: Probe;
  /** Whether the container receives traffic. @default - the health path */
  readonly readiness?: Probe;
  /**
   * Whether the container keeps running; otherwise the kubelet restarts it.
   * @default - a TCP connection: a failed dependency is no reason for a restart
   */
  readonly liveness?: Probe;
}

type RenderedProbes = Partial<Record<"startupProbe" | "readinessProbe" | "livenessProbe", RenderedProbe>>;

/**
 * Defines the health checks of a service: probes for the kubelet, a path for load balancers.
 *
 * @example Health.at("/healthz"); Health.at("/contents/aws").withoutProbes()
 */
export class Health {
  /** A path that returns 200 when the service is ready. Load balancers and the readiness probe request it. */
  static at(path: string, probes: Probes = {}): Health {
    const startup = Probe.tcp({ failures: 30 });
    return new Health(checkedPath(path), {
      startup,
      readiness: Probe.http(path),
      liveness: Probe.tcp(),
      ...probes,
    });
  }

  /** No health check. A container that hangs keeps receiving traffic. */
  static unknown(): Health {
    return new Health(undefined, {});
  }

  private constructor(
    /** Path that load balancers request; undefined without a health check. */
    readonly path: string | undefined,
    private readonly probes: Probes,
  ) {}

  /** The same path for load balancers, without probes for the kubelet. */
  withoutProbes(): Health {
    return new Health(this.path, {});
  }

  /** Violations of the probes. */
  violations(at: Location): Violation[] {
    return Object.values(this.probes).flatMap((probe: Probe) => probe.violations(at));
  }

  /**
   * The probes of a container that listens on a port.
   * @internal
   */
  render(port: ServicePort): RenderedProbes {
    const { startup, readiness, liveness } = this.probes;
    return defined({
      startupProbe: startup?.render(port),
      readinessProbe: readiness?.render(port),
      livenessProbe: liveness?.render(port),
    });
  }
}
