import { checkedPath } from "../http-path";
import { Probe } from "./probe";
import type { RenderedProbe } from "./probe";
import type { ServicePort } from "./service-port";

/** The three questions a kubelet asks. */
export interface Probes {
  /** Whether the container has come up; the others wait for it. @default - a connection, for up to five minutes */
  readonly startup?: Probe;
  /** Whether it is to get traffic. @default - the health path */
  readonly readiness?: Probe;
  /** Whether it has to be started anew. @default - a connection: a dependency that is down is no reason to restart */
  readonly liveness?: Probe;
}

type RenderedProbes = Partial<Record<"startupProbe" | "readinessProbe" | "livenessProbe", RenderedProbe>>;

/**
 * Defines how others find out that a service is well: the kubelet by probes, a load balancer by a path.
 *
 * @example Health.at("/healthz"); Health.at("/contents/aws").withoutProbes()
 */
export class Health {
  /** A path that answers 200 when the service can do its work. Load balancers ask it, and the readiness probe does. */
  static at(path: string, probes: Probes = {}): Health {
    const startup = Probe.tcp({ failures: 30 });
    return new Health(checkedPath(path), {
      startup,
      readiness: Probe.http(path),
      liveness: Probe.tcp(),
      ...probes,
    });
  }

  /** Nobody knows. A container that hangs goes on getting traffic. */
  static unknown(): Health {
    return new Health(undefined, {});
  }

  private constructor(
    /** What load balancers ask for; nothing when there is no such path. */
    readonly path: string | undefined,
    private readonly probes: Probes,
  ) {}

  /** The path for load balancers only; the kubelet asks nothing. */
  withoutProbes(): Health {
    return new Health(this.path, {});
  }

  /** The probes of a container that listens at a port. */
  render(port: ServicePort): RenderedProbes {
    const { startup, readiness, liveness } = this.probes;
    return {
      ...(startup === undefined ? {} : { startupProbe: startup.render(port) }),
      ...(readiness === undefined ? {} : { readinessProbe: readiness.render(port) }),
      ...(liveness === undefined ? {} : { livenessProbe: liveness.render(port) }),
    };
  }
}
