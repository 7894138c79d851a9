import type { LbTargetGroupHealthCheck } from "@cdktf/provider-aws/lib/lb-target-group";
import { Duration } from "../../core/duration";
import { ELB004 } from "./rules";

/** Options of a health check. */
export interface HealthCheckOptions {
  /** Time between two checks, 5 to 300 seconds. @default - 15 seconds */
  readonly interval?: Duration;
  /** Time after which a check without a response has failed, 2 to 120 seconds and below `interval`. @default - 5 seconds */
  readonly timeout?: Duration;
  /** Successful checks until a target is healthy, 2 to 10. @default 2 */
  readonly healthy?: number;
  /** Failed checks until a target is unhealthy, 2 to 10. @default 2 */
  readonly unhealthy?: number;
}

/** Options of a health check by HTTP. */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /** Status codes of a healthy target: `"200"`, `"200,302"`, `"200-299"`. @default "200" */
  readonly codes?: string;
  /** Whether the check uses HTTPS; the certificate of the target is not verified. @default false */
  readonly tls?: boolean;
}

/**
 * Defines how a load balancer finds out whether a target works.
 *
 * @example HealthCheck.http("/health"); HealthCheck.http("/-/readiness", { interval: Duration.seconds(30) }); HealthCheck.tcp()
 */
export class HealthCheck {
  /** A request for a path. */
  static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    const { codes = "200", tls = false } = options;
    if (!/^\/[\w\-.~!$&'()*+,;=:@/%?]{0,1023}$/.test(path))
      throw ELB004.violation({ given: `the path "${path}"`, fix: 'use a path such as "/health"' });
    if (!codes.split(",").every(isRange))
      throw ELB004.violation({
        given: `the codes "${codes}"`,
        fix: 'use codes from 200 to 499, such as "200,302" or "200-299"',
      });
    return new HealthCheck({ protocol: tls ? "HTTPS" : "HTTP", path, matcher: codes }, options);
  }

  /** A connection to the port of the target. For network load balancers. */
  static tcp(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck({ protocol: "TCP" }, options);
  }

  /** Protocol of the check. */
  readonly protocol: "HTTP" | "HTTPS" | "TCP";
  /** The check as an argument of a target group. */
  readonly argument: LbTargetGroupHealthCheck;

  private constructor(
    check: { readonly protocol: "HTTP" | "HTTPS" | "TCP"; readonly path?: string; readonly matcher?: string },
    options: HealthCheckOptions,
  ) {
    const interval = (options.interval ?? Duration.seconds(15)).toSeconds();
    const timeout = (options.timeout ?? Duration.seconds(5)).toSeconds();
    const { healthy = 2, unhealthy = 2 } = options;
    checkNumber("an interval of", interval, 5, 300, "seconds");
    checkNumber("a timeout of", timeout, 2, Math.min(120, interval - 1), "seconds, less than the interval");
    for (const count of [healthy, unhealthy]) checkNumber("a count of", count, 2, 10, "checks");
    this.protocol = check.protocol;
    this.argument = {
      enabled: true,
      ...check,
      interval,
      timeout,
      healthyThreshold: healthy,
      unhealthyThreshold: unhealthy,
    };
  }
}

function isRange(text: string): boolean {
  const [, from, to] = /^([2-4]\d\d)(?:-([2-4]\d\d))?$/.exec(text) ?? [];
  return from !== undefined && (to === undefined || Number(to) >= Number(from));
}

function checkNumber(what: string, value: number, min: number, max: number, unit: string): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw ELB004.violation({ given: `${what} ${value}`, fix: `use ${min} to ${max} ${unit}` });
}
