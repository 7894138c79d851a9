import type { Construct } from "constructs";
import { Duration } from "../../core/duration";
import { Port } from "../../core/port";
import { isToken } from "../../core/token";
import { Action } from "./action";
import { ApplicationListener, TLS_POLICY } from "./application-listener";
import { certificateArns, type ICertificate } from "./certificate-arn";
import { importedLoadBalancer } from "./imported-load-balancer";
import { type ILoadBalancer, LoadBalancer, type LoadBalancerProps } from "./load-balancer";
import { ELB005, ELB006 } from "./rules";

/** Attributes of an existing load balancer. */
export interface LoadBalancerAttributes {
  /** Host name of the load balancer. */
  readonly dnsName: string;
  /** Hosted zone of the host name, for alias records. */
  readonly hostedZoneId: string;
  /** Id of the security group. */
  readonly securityGroupId: string;
}

/** Properties of {@link ApplicationLoadBalancer}. */
export interface ApplicationLoadBalancerProps extends LoadBalancerProps {
  /**
   * Time after which a connection without data is closed, 1 second to 4000 seconds.
   * @default - 60 seconds
   */
  readonly idleTimeout?: Duration;
}

/** Options of `addHttps`. */
export interface HttpsOptions {
  /** Certificates of ACM in the region of the load balancer; the first is for clients without a server name. */
  readonly certificates: readonly [ICertificate, ...ICertificate[]];
  /** What happens with requests. */
  readonly action: Action;
  /**
   * Port of the listener, 1 to 65535.
   * @default 443
   */
  readonly port?: number;
  /**
   * Whether port 80 redirects to HTTPS.
   * @default true
   */
  readonly redirectsHttp?: boolean;
  /**
   * Policy of TLS versions and ciphers.
   * @default - TLS 1.3 and 1.2
   */
  readonly tlsPolicy?: string;
}

/** Options of `addHttp`. */
export interface HttpOptions {
  /** What happens with requests. */
  readonly action: Action;
  /**
   * Port of the listener, 1 to 65535.
   * @default 80
   */
  readonly port?: number;
}

/**
 * Defines a load balancer for HTTP and HTTPS.
 *
 * Creates a security group, which is open to the clients at the ports of its listeners, and the load balancer, which drops requests with
 * invalid headers. `addHttps` creates a listener with TLS 1.2 or newer, and one that redirects HTTP to it. Rules between the load balancer and
 * the targets are added on both ends.
 *
 * Cost: about $16 a month and $6 for each unit of traffic (LCU), and $3.65 for each public address.
 *
 * Errors: ELB001 to ELB007, SEC001.
 *
 * @example
 * const balancer = new ApplicationLoadBalancer(this, "Public", { network, scheme: Scheme.internetFacing(Peer.anyIpv4()) });
 * balancer.addHttps({ certificates: [certificate], action: Action.forward(web) });
 */
export class ApplicationLoadBalancer extends LoadBalancer {
  /** An existing load balancer. */
  static fromAttributes(scope: Construct, id: string, attributes: LoadBalancerAttributes): ILoadBalancer {
    return importedLoadBalancer(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    const seconds = (props.idleTimeout ?? Duration.seconds(60)).toSeconds();
    super(scope, id, props, "application", { dropInvalidHeaderFields: true, idleTimeout: seconds });
    if (seconds > 4_000)
      throw ELB006.violation({ at: this, given: `an idle timeout of ${seconds} seconds`, fix: "use at most 4000" });
  }

  /** Adds a listener for HTTPS, and one that redirects HTTP to it. */
  addHttps(options: HttpsOptions): ApplicationListener {
    const { action, port = 443, redirectsHttp = true, tlsPolicy = TLS_POLICY } = options;
    if (options.certificates.length === 0)
      throw ELB005.violation({ at: this, given: "no certificate", fix: "use a certificate of ACM, or addHttp()" });
    if (!isToken(tlsPolicy) && !/^ELBSecurityPolicy-[\w-]+$/.test(tlsPolicy))
      throw ELB006.violation({ at: this, given: `policy "${tlsPolicy}"`, fix: `use for example ${TLS_POLICY}` });
    const certificates = certificateArns(options.certificates, this.region, this);
    if (redirectsHttp) this.addListener(80, [], Action.redirectToHttps(port));
    return this.addListener(port, certificates, action, tlsPolicy);
  }

  /** Adds a listener for plain HTTP: requests, cookies and passwords are readable on the way. */
  addHttp({ action, port = 80 }: HttpOptions): ApplicationListener {
    return this.addListener(port, [], action);
  }

  private addListener(port: number, certificates: readonly string[], action: Action, tlsPolicy = TLS_POLICY) {
    this.open(Port.tcp(port));
    return new ApplicationListener(this, `listener-${port}`, {
      balancer: this,
      loadBalancerArn: this.loadBalancerArn,
      port,
      certificates,
      tlsPolicy,
      action,
    });
  }
}
