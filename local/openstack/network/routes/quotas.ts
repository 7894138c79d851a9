import { param, type Route } from "../../api/call";
import type { Store } from "../../store";
import { PORTS, SECURITY_GROUP_RULES, SECURITY_GROUPS } from "../models";
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

/** Owners of ports that belong to no project. */
const OPERATOR_PORTS = ["network:router_gateway", "network:floatingip"];

/** Quotas of a project, and their use, read-only. */
export function quotas(store: Store): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v2.0/quotas/:project/details.json",
      handle: () => ({
        body: {
          quota: Object.fromEntries(
            Object.entries(KINDS).map(([key, name]) => [
              key,
              { limit: LIMITS[name] ?? -1, used: usedOf(store, name), reserved: 0 },
            ]),
          ),
        },
      }),
    },
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

/** Objects of the project: those that clients created, those that the cloud created with them, and the group `default`. */
function usedOf(store: Store, kind: string): number {
  switch (kind) {
    case PORTS.name:
      return store.all(PORTS).filter(({ device_owner: owner }) => !OPERATOR_PORTS.includes(owner)).length;
    case SECURITY_GROUPS.name:
      return store.all(SECURITY_GROUPS).length;
    case SECURITY_GROUP_RULES.name:
      return store.all(SECURITY_GROUP_RULES).length;
    default:
      return store.clientObjects().filter((object) => object.kind === kind).length;
  }
}
