import type { Route } from "../../api/call";

/** Octavia's quotas, unlimited by default, read-only. Source: Octavia, configuration reference, `[quotas]`. */
export function quotas(): readonly Route[] {
  const unlimited = { load_balancer: -1, listener: -1, pool: -1, health_monitor: -1, member: -1 };
  return [{ method: "GET", path: "/v2.0/lbaas/quotas/:project", handle: () => ({ body: { quota: unlimited } }) }];
}
