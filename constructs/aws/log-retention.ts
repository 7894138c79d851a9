import type { Duration } from "../core/duration";
import type { Location } from "../core/violation";
import { LOG_RETENTION_DAYS } from "./limits";
import { AWS004 } from "./rules";

/** Days of a retention in CloudWatch Logs, or a rejection of a retention that CloudWatch Logs does not offer. */
export function logRetentionDays(retention: Duration, at?: Location): number {
  const days = retention.toSeconds() / 86_400;
  if (LOG_RETENTION_DAYS.includes(days)) return days;
  const shorter = LOG_RETENTION_DAYS.filter((offered) => offered < days).at(-1);
  const longer = LOG_RETENTION_DAYS.find((offered) => offered > days);
  throw AWS004.violation({
    at,
    given: `a log retention of ${retention.toString()}`,
    fix: `use Duration.days(${[shorter, longer].filter((value) => value !== undefined).join(") or Duration.days(")})`,
  });
}
