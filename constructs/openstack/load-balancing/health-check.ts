import { Duration } from "../../core/duration";
import { escapeTerraform, isToken } from "../../core/token";
import { HEALTH_CHECK_PATH } from "../limits";
import { OST029 } from "../rules";

/** Timing of a health check. */
export interface HealthCheckProps {
  /**
   * Time between two checks.
   * @default - 10 seconds
   */
  readonly interval?: Duration;
  /**
   * Maximum time of one check, shorter than the interval.
   * @default - 5 seconds
   */
  readonly timeout?: Duration;
}

/**
 * Defines the health check of a load balancer's targets. A target changes its status after three consecutive equal results.
 *
 * @example HealthCheck.http("/healthz")
 */
export class HealthCheck {
  /** The target accepts TCP connections. */
  static tcp(props: HealthCheckProps = {}): HealthCheck {
    return new HealthCheck({ type: "TCP", ...times(props) });
  }

  /** The target returns 200 for a path. */
  static http(path: string, props: HealthCheckProps = {}): HealthCheck {
    return new HealthCheck({ type: "HTTP", urlPath: checkedPath(path), expectedCodes: "200", ...times(props) });
  }

  private constructor(
    /** Arguments of the monitor resource. */
    readonly settings: {
      readonly type: "TCP" | "HTTP";
      readonly urlPath?: string;
      readonly expectedCodes?: string;
      readonly delay: number;
      readonly timeout: number;
      readonly maxRetries: number;
    },
  ) {}
}

function times({ interval = Duration.seconds(10), timeout = Duration.seconds(5) }: HealthCheckProps) {
  return { delay: interval.toSeconds(), timeout: timeout.toSeconds(), maxRetries: 3 };
}

function checkedPath(path: string): string {
  const { length, pattern } = HEALTH_CHECK_PATH;
  if (!isToken(path) && (path.length > length || !pattern.test(path)))
    throw OST029.violation({
      given: `health check of "${path.slice(0, 60)}" (${path.length} characters)`,
      fix: `use a path of at most ${length} characters such as /healthz, and %20 for other characters`,
    });
  return escapeTerraform(path);
}
