import { defined } from "../../core/defined";
import { isToken } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { ING007, ING008, ING009, ING013 } from "../rules";

/** One port of a load balancer, and its protocol. */
export interface Listener {
  /** Protocol of the clients. */
  readonly protocol: "HTTP" | "HTTPS";
  /** Port of the clients. */
  readonly port: number;
}

/** Settings of an HTTPS listener. */
export interface HttpsProps {
  /** ARNs of ACM certificates. The first is the default, for clients that send no server name. */
  readonly certificateArns: readonly [string, ...string[]];
  /** Region of the cluster; certificates must be in the same region. */
  readonly region: string;
  /** Port of the HTTPS listener. @default 443 */
  readonly port?: number;
  /** Security policy: the versions and ciphers of TLS. @default - TLS 1.2 and 1.3 */
  readonly tlsPolicy?: string;
}

/** TLS 1.2 and 1.3; the controller's default policy also accepts 1.0. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Settings of all listeners of a load balancer. */
export interface ListenersProps {
  /** Listeners of the load balancer. */
  readonly listeners: readonly Listener[];
  /** ARNs of ACM certificates. @default - none */
  readonly certificateArns?: readonly string[];
  /** Region of the cluster. @default - certificates are not checked */
  readonly region?: string;
  /** HTTPS port that every HTTP listener redirects to. @default - no redirect */
  readonly redirectTo?: number;
  /** Security policy of the HTTPS listeners. @default - TLS 1.2 and 1.3 */
  readonly tlsPolicy?: string;
}

/**
 * Defines the listeners of a load balancer.
 *
 * @example Listeners.http(); Listeners.https({ certificateArns: [certificate.certificateArn], region: "ap-northeast-2" })
 */
export class Listeners {
  /** Unencrypted: anyone on the path can read the requests. */
  static http(port = 80): Listeners {
    return new Listeners({ listeners: [{ protocol: "HTTP", port }] });
  }

  /** Encrypted; port 80 redirects to HTTPS. */
  static https({ port = 443, ...props }: HttpsProps): Listeners {
    const listeners: Listener[] = [
      { protocol: "HTTP", port: 80 },
      { protocol: "HTTPS", port },
    ];
    return new Listeners({ ...props, listeners, redirectTo: port });
  }

  /** Any combination of listeners. */
  static of(props: ListenersProps): Listeners {
    return new Listeners(props);
  }

  private constructor(private readonly props: ListenersProps) {}

  /** The annotations of the listeners; HTTP on port 80 alone is the controller's default and needs none. */
  annotations(): Readonly<Record<string, string>> {
    const { listeners, certificateArns = [], redirectTo, tlsPolicy = TLS_POLICY } = this.props;
    const plain = listeners.length === 1 && listeners[0]?.protocol === "HTTP" && listeners[0].port === 80;
    const secure = listeners.some(({ protocol }) => protocol === "HTTPS");
    return {
      ...(plain
        ? {}
        : { "listen-ports": JSON.stringify(listeners.map(({ protocol, port }) => ({ [protocol]: port }))) }),
      ...(certificateArns.length === 0 ? {} : { "certificate-arn": certificateArns.join(",") }),
      ...defined({ "ssl-redirect": redirectTo?.toString() }),
      ...(secure ? { "ssl-policy": tlsPolicy } : {}),
    };
  }

  /** Violations of these listeners. */
  violations(at: Location): Violation[] {
    return [...this.portViolations(at), ...this.redirectViolations(at), ...this.certificateViolations(at)];
  }

  private portViolations(at: Location): Violation[] {
    const ports = this.props.listeners.map(({ port }) => port);
    const wrong = ports.filter(
      (port, index) => !Number.isInteger(port) || port < 1 || port > 65535 || ports.indexOf(port) !== index,
    );
    if (ports.length > 0 && wrong.length === 0) return [];
    const given = ports.length === 0 ? "no port" : `port ${wrong.join(", ")}`;
    return [ING013.violation({ at, given, fix: "give each port from 1 to 65535 once, with one protocol" })];
  }

  private redirectViolations(at: Location): Violation[] {
    const { listeners, redirectTo } = this.props;
    if (redirectTo === undefined) return [];
    if (listeners.some(({ protocol, port }) => protocol === "HTTPS" && port === redirectTo)) return [];
    const listening = listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(", ");
    return [
      ING007.violation({
        at,
        given: `redirect to ${redirectTo}, listening on ${listening}`,
        fix: "add an HTTPS listener on the port",
      }),
    ];
  }

  private certificateViolations(at: Location): Violation[] {
    const { listeners, certificateArns = [], region } = this.props;
    const missing = listeners.some(({ protocol }) => protocol === "HTTPS") && certificateArns.length === 0;
    const foreign = certificateArns.filter((arn) => {
      const [, , service, found] = arn.split(":");
      return !isToken(arn) && region !== undefined && !isToken(region) && (service !== "acm" || found !== region);
    });
    return [
      ...(missing ? [ING008.violation({ at, given: "HTTPS without a certificate", fix: "set certificateArns" })] : []),
      ...foreign.map((arn) =>
        ING009.violation({
          at,
          given: `certificate ${arn}, cluster in ${region ?? "another region"}`,
          fix: "request a certificate in the region of the cluster",
        }),
      ),
    ];
  }
}
