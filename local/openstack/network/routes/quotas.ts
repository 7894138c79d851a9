import { param, type Route } from "../../api/call";
import { LIMITS } from "../queries/quotas";

/** The kinds of objects by the keys of the quota API. */
const KINDS: Readonly<Record<string, string>> = {
  network: "Network",
  subnet: "Subnet",
  port: "Port",
  router: "Router",
  floatingip: "Floating IP",
  security_group: "Security group",
  security_group_rule: "Security group rule",
};

/** Quotas of a project, read-only. */
export function quotas(): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2.0/quotas/:project",
      handle: (call) => ({
        body: {
          quota: {
            project_id: param(call, "project"),
            ...Object.fromEntries(Object.entries(KINDS).map(([key, name]) => [key, LIMITS[name] ?? -1])),
          },
        },
      }),
    },
  ];
}
