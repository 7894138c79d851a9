import type { Duration } from "../../core/duration";

/** The health check of a load balancer. */
export interface HealthCheck {
  /** Path that is requested. @default - the health path of the service, or else `/` */
  readonly path?: string;
  /** Time between two checks. @default - 15 seconds */
  readonly every?: Duration;
  /** Time after which a check without a response counts as failed. @default - 5 seconds */
  readonly timeout?: Duration;
  /** Consecutive successful checks that make a target healthy. @default 2 */
  readonly healthyAfter?: number;
  /** Consecutive failed checks that make a target unhealthy. @default 2 */
  readonly unhealthyAfter?: number;
  /** Status codes of a successful check, such as `200` or `200-399`. @default "200" */
  readonly codes?: string;
}

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
