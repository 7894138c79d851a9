import { isToken } from "../../core/token";
import type { Place, Violation } from "../../core/violation";
import { ING007, ING008, ING009, ING013 } from "../rules";

/** One port of a load balancer, and what it speaks. */
export interface Listener {
  readonly protocol: "HTTP" | "HTTPS";
  readonly port: number;
}

/** What HTTPS needs. */
export interface HttpsProps {
  /** Certificates of ACM. The first is shown to those who name no host. */
  readonly certificateArns: readonly [string, ...string[]];
  /** Region of the cluster: certificates are of the same. */
  readonly region: string;
  /** @default 443 */
  readonly port?: number;
  /** Which versions and ciphers of TLS are spoken. @default - 1.2 and 1.3 */
  readonly tlsPolicy?: string;
}

/** TLS 1.2 and 1.3; the controller's own default still speaks 1.0. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** All there is to say about the ports of a load balancer. */
export interface ListenersProps {
  readonly listeners: readonly Listener[];
  /** @default - none */
  readonly certificateArns?: readonly string[];
  /** Region of the cluster. @default - certificates are not checked */
  readonly region?: string;
  /** Port that every HTTP listener sends visitors to. @default - they are served over HTTP */
  readonly redirectTo?: number;
  /** @default - TLS 1.2 and 1.3 */
  readonly tlsPolicy?: string;
}

/**
 * Defines the ports a load balancer listens on.
 *
 * @example Listeners.http(); Listeners.https({ certificateArns: [certificate.certificateArn], region: "ap-northeast-2" })
 */
export class Listeners {
  /** Unencrypted: what is typed in by a visitor can be read on the way. */
  static http(port = 80): Listeners {
    return new Listeners({ listeners: [{ protocol: "HTTP", port }] });
  }

  /** Encrypted; port 80 answers with a redirect. */
  static https({ port = 443, ...props }: HttpsProps): Listeners {
    const listeners: Listener[] = [
      { protocol: "HTTP", port: 80 },
      { protocol: "HTTPS", port },
    ];
    return new Listeners({ ...props, listeners, redirectTo: port });
  }

  /** Any ports. */
  static of(props: ListenersProps): Listeners {
    return new Listeners(props);
  }

  private constructor(private readonly props: ListenersProps) {}

  /** The annotations that say it. Port 80 alone is what the controller takes anyway. */
  annotations(): Readonly<Record<string, string>> {
    const { listeners, certificateArns = [], redirectTo, tlsPolicy = TLS_POLICY } = this.props;
    const plain = listeners.length === 1 && listeners[0]?.protocol === "HTTP" && listeners[0].port === 80;
    const secure = listeners.some(({ protocol }) => protocol === "HTTPS");
    return {
      ...(plain
        ? {}
        : { "listen-ports": JSON.stringify(listeners.map(({ protocol, port }) => ({ [protocol]: port }))) }),
      ...(certificateArns.length === 0 ? {} : { "certificate-arn": certificateArns.join(",") }),
      ...(redirectTo === undefined ? {} : { "ssl-redirect": `${redirectTo}` }),
      ...(secure ? { "ssl-policy": tlsPolicy } : {}),
    };
  }

  /** What is wrong with the ports. */
  violations(at: Place): Violation[] {
    return [...this.portViolations(at), ...this.redirectViolations(at), ...this.certificateViolations(at)];
  }

  private portViolations(at: Place): Violation[] {
    const ports = this.props.listeners.map(({ port }) => port);
    const wrong = ports.filter(
      (port, index) => !Number.isInteger(port) || port < 1 || port > 65535 || ports.indexOf(port) !== index,
    );
    if (ports.length > 0 && wrong.length === 0) return [];
    const given = ports.length === 0 ? "no port" : `port ${wrong.join(", ")}`;
    return [ING013.violation({ at, given, fix: "name each port from 1 to 65535 once, with one protocol" })];
  }

  private redirectViolations(at: Place): Violation[] {
    const { listeners, redirectTo } = this.props;
    if (redirectTo === undefined) return [];
    if (listeners.some(({ protocol, port }) => protocol === "HTTPS" && port === redirectTo)) return [];
    const listening = listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(", ");
    return [
      ING007.violation({
        at,
        given: `redirect to ${redirectTo}, listening on ${listening}`,
        fix: "add the HTTPS port",
      }),
    ];
  }

  private certificateViolations(at: Place): Violation[] {
    const { listeners, certificateArns = [], region } = this.props;
    const missing = listeners.some(({ protocol }) => protocol === "HTTPS") && certificateArns.length === 0;
    const foreign = certificateArns.filter((arn) => {
      const [, , service, found] = arn.split(":");
      return !isToken(arn) && region !== undefined && !isToken(region) && (service !== "acm" || found !== region);
    });
    return [
      ...(missing ? [ING008.violation({ at, given: "HTTPS and no certificate", fix: "give certificateArns" })] : []),
      ...foreign.map((arn) =>
        ING009.violation({
          at,
          given: `certificate ${arn}, cluster in ${region ?? "another region"}`,
          fix: "request one in the cluster's region",
        }),
      ),
    ];
  }
}
