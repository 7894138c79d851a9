import { Duration } from "../../core/duration";
import { isToken } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { checkedPath } from "../http-path";
import { ING017, ING018 } from "../rules";
import { isWhole } from "../whole-number";

/** The health check of a load balancer. */
export interface HealthCheck {
  /** Path that is requested, with an optional query, at most 1,024 characters. @default - the health path of the service, or else `/` */
  readonly path?: string;
  /** Time between two checks, from 5 to 300 seconds, longer than the timeout. @default - 15 seconds */
  readonly every?: Duration;
  /** Time after which a check without a response counts as failed, from 2 to 120 seconds. @default - 5 seconds */
  readonly timeout?: Duration;
  /** Consecutive successful checks that make a target healthy, from 2 to 10. @default 2 */
  readonly healthyAfter?: number;
  /** Consecutive failed checks that make a target unhealthy, from 2 to 10. @default 2 */
  readonly unhealthyAfter?: number;
  /**
   * Status codes of a successful check, from 200 to 499: `200`, `200-399` or `200,302`. For targets with the protocol version
   * GRPC: gRPC codes from 0 to 99.
   * @default "200"
   */
  readonly codes?: string;
}

/**
 * Limits of the health checks of an Application Load Balancer.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
const LIMITS = {
  intervalSeconds: { min: 5, max: 300 },
  timeoutSeconds: { min: 2, max: 120 },
  threshold: { min: 2, max: 10 },
  pathLength: 1_024,
  httpCodes: { min: 200, max: 499 },
  grpcCodes: { min: 0, max: 99 },
} as const;

/** The controller's defaults, which apply to omitted settings. */
const DEFAULTS = { every: Duration.seconds(15), timeout: Duration.seconds(5) };

/** The annotations of a health check, without their prefix; the controller's defaults apply to omitted ones. */
export function healthCheckAnnotations(check: HealthCheck): Readonly<Record<string, string>> {
  const { path, every, timeout, healthyAfter, unhealthyAfter, codes } = check;
  const settings = {
    "healthcheck-path": path,
    "healthcheck-interval-seconds": every?.toSeconds(),
    "healthcheck-timeout-seconds": timeout?.toSeconds(),
    "healthy-threshold-count": healthyAfter,
    "unhealthy-threshold-count": unhealthyAfter,
    "success-codes": codes,
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

/** Violations of the limits of a health check; `grpc` for targets with the protocol version GRPC. */
export function healthCheckViolations(check: HealthCheck, grpc: boolean, at: Location): Violation[] {
  return [...numberViolations(check, at), ...timeViolations(check, at), ...codeViolations(check, grpc, at)];
}

function numberViolations(
  { path = "/", healthyAfter = 2, unhealthyAfter = 2 }: HealthCheck,
  at: Location,
): Violation[] {
  const { min, max } = LIMITS.threshold;
  if (!isToken(path)) checkedPath(path, at);
  const wrong = [healthyAfter, unhealthyAfter].filter((count) => !isWhole(count, min, max));
  return [
    ...wrong.map((count) =>
      ING017.violation({
        at,
        given: `a threshold of ${count} checks`,
        fix: `use a whole number from ${min} to ${max}`,
      }),
    ),
    ...(isToken(path) || path.length <= LIMITS.pathLength
      ? []
      : [
          ING017.violation({
            at,
            given: `a path of ${path.length} characters`,
            fix: `use at most ${LIMITS.pathLength}`,
          }),
        ]),
  ];
}

function timeViolations(check: HealthCheck, at: Location): Violation[] {
  const { every, timeout } = { ...DEFAULTS, ...check };
  const [interval, limit] = [every.toSeconds(), timeout.toSeconds()];
  const found = [
    outside("an interval", interval, LIMITS.intervalSeconds),
    outside("a timeout", limit, LIMITS.timeoutSeconds),
  ].filter((given) => given !== undefined);
  if (found.length > 0)
    return found.map(({ given, min, max }) => ING017.violation({ at, given, fix: `use ${min} to ${max} seconds` }));
  if (limit < interval) return [];
  return [
    ING017.violation({
      at,
      given: `a timeout of ${limit} seconds${check.timeout === undefined ? ", the default," : ""} and an interval of ${interval} seconds`,
      fix: `use a timeout of at most ${Math.min(interval - 1, LIMITS.timeoutSeconds.max)} seconds`,
    }),
  ];
}

function outside(
  subject: string,
  seconds: number,
  { min, max }: { readonly min: number; readonly max: number },
): { readonly given: string; readonly min: number; readonly max: number } | undefined {
  return isWhole(seconds, min, max) ? undefined : { given: `${subject} of ${seconds} seconds`, min, max };
}

function codeViolations({ codes }: HealthCheck, grpc: boolean, at: Location): Violation[] {
  const { min, max } = grpc ? LIMITS.grpcCodes : LIMITS.httpCodes;
  const digits = grpc ? "\\d{1,2}" : "\\d{3}";
  const part = new RegExp(`^(${digits})(?:-(${digits}))?$`);
  const valid = (text: string): boolean => {
    const [, from, to = from] = part.exec(text) ?? [];
    return from !== undefined && Number(from) >= min && Number(from) <= Number(to) && Number(to) <= max;
  };
  if (codes === undefined || isToken(codes) || codes.split(",").every(valid)) return [];
  return [
    ING018.violation({
      at,
      given: `success codes "${codes}"`,
      fix: `use codes from ${min} to ${max}, such as ${grpc ? "0 or 0-12" : "200, 200-399 or 200,302"}, without spaces`,
    }),
  ];
}
