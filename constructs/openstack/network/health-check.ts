import { Duration } from "../../core/duration";

/** How often a target is asked. */
export interface HealthCheckProps {
  /** @default - 10 seconds */
  readonly interval?: Duration;
  /** @default - 5 seconds */
  readonly timeout?: Duration;
}

/**
 * Defines how a target of a load balancer is found to work. Three answers in a row change what is thought of it.
 *
 * @example HealthCheck.http("/healthz")
 */
export class HealthCheck {
  /** It takes connections. */
  static tcp(props: HealthCheckProps = {}): HealthCheck {
    return new HealthCheck({ type: "TCP", ...times(props) });
  }

  /** It answers a path with 200. */
  static http(path: string, props: HealthCheckProps = {}): HealthCheck {
    return new HealthCheck({ type: "HTTP", urlPath: path, expectedCodes: "200", ...times(props) });
  }

  private constructor(
    /** As Octavia takes it. */
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
