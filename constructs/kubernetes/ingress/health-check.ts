import type { Duration } from "../../core/duration";

/** How a load balancer asks a backend how it is. */
export interface HealthCheck {
  /** @default - the service's health path, else / */
  readonly path?: string;
  /** @default - 15 seconds */
  readonly every?: Duration;
  /** @default - 5 seconds */
  readonly timeout?: Duration;
  /** Good answers in a row that make a target healthy. @default 2 */
  readonly healthyAfter?: number;
  /** Bad answers in a row that make it unhealthy. @default 2 */
  readonly unhealthyAfter?: number;
  /** Answers that are good, such as `200` or `200-399`. @default "200" */
  readonly codes?: string;
}

/** The annotations that say it, without their prefix; what is left out is the controller's default. */
export function healthCheckAnnotations(check: HealthCheck): Readonly<Record<string, string>> {
  const { path, every, timeout, healthyAfter, unhealthyAfter, codes } = check;
  const said = {
    "healthcheck-path": path,
    "healthcheck-interval-seconds": every?.toSeconds(),
    "healthcheck-timeout-seconds": timeout?.toSeconds(),
    "healthy-threshold-count": healthyAfter,
    "unhealthy-threshold-count": unhealthyAfter,
    "success-codes": codes,
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}
