import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { badRequest, conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, integerBetween, list, nonEmptyText, oneOf, read, text } from "../../api/fields";
import type { Store } from "../../store";
import { HEALTH_MONITORS, type HealthMonitor, LOAD_BALANCERS, POOLS } from "../models";
import { beginUpdate, childStatus } from "../queries";
import type { BalancingApi } from "../rules";

const INTERVALS = {
  delay: integerBetween(1, 86_400),
  timeout: integerBetween(1, 86_400),
  max_retries: integerBetween(1, 10),
};

const COMMON = {
  ...INTERVALS,
  admin_state_up: flag,
  url_path: nonEmptyText,
  http_method: nonEmptyText,
  expected_codes: nonEmptyText,
};

/** The fields that each API accepts, and the defaults that it shows. */
const VARIANTS = {
  octavia: {
    type: oneOf("TCP", "HTTP", "HTTPS", "PING", "TLS-HELLO", "UDP-CONNECT"),
    changeable: { ...COMMON, name: text, max_retries_down: integerBetween(1, 10), tags: list(text) },
    owners: { tenant_id: nonEmptyText, project_id: nonEmptyText },
    shown: { max_retries_down: 3, tags: [], operating_status: "ONLINE" },
  },
  "neutron-lbaas": {
    type: oneOf("TCP", "HTTP", "HTTPS"),
    changeable: { ...COMMON, health_check_port: integerBetween(1, 65_535), host_header: nonEmptyText },
    owners: {},
    shown: { max_retries_down: 3, health_check_port: null, host_header: null },
  },
} as const;

/** The fields of HTTP in a health monitor of another type. */
const NO_HTTP = { octavia: { http_method: null, url_path: null, expected_codes: null }, "neutron-lbaas": {} };

/** Health monitors, in both APIs. */
export function healthMonitors(store: Store, api: BalancingApi): readonly Route[] {
  const { type, changeable, owners, shown } = VARIANTS[api];
  const balancerOf = ({ pool }: HealthMonitor): string => store.get(POOLS, pool).balancer;
  const view = ({ pool, ...monitor }: HealthMonitor): JsonObject => ({
    ...monitor,
    pools: [{ id: pool }],
    ...childStatus(store, api, store.find(POOLS, pool)?.balancer),
  });
  return collection(store, {
    kind: HEALTH_MONITORS,
    path: "/v2.0/lbaas/healthmonitors",
    singular: "healthmonitor",
    plural: "healthmonitors",
    filters: ["id", "name", "type", "project_id", "tenant_id"],
    view,
    onPoll: (monitor) => store.recordPoll(LOAD_BALANCERS, balancerOf(monitor)),
    create: (call) => {
      const { pool_id, ...given } = read(call, {
        wrapper: "healthmonitor",
        required: { pool_id: nonEmptyText, type, ...INTERVALS },
        optional: { ...changeable, ...owners },
      });
      if (api === "neutron-lbaas") rejectLongTimeout(given);
      if (store.all(HEALTH_MONITORS).some(({ pool }) => pool === pool_id))
        throw conflict("DuplicateHealthMonitor", `pool ${pool_id} has a health monitor already`);
      beginUpdate(store, store.get(POOLS, pool_id).balancer);
      const http = given.type.startsWith("HTTP")
        ? { http_method: "GET", url_path: "/", expected_codes: "200" }
        : NO_HTTP[api];
      const empty = { name: "", admin_state_up: true, ...shown };
      return store.add(HEALTH_MONITORS, { ...OWNER, ...empty, ...http, ...given, id: store.newId(), pool: pool_id });
    },
    update: (call, monitor) => {
      const given = read(call, { wrapper: "healthmonitor", optional: changeable });
      if (api === "neutron-lbaas") rejectLongTimeout({ ...monitor, ...given });
      beginUpdate(store, balancerOf(monitor));
      return store.change(HEALTH_MONITORS, monitor.id, given);
    },
    remove: (monitor) => {
      beginUpdate(store, balancerOf(monitor));
      store.remove(HEALTH_MONITORS, monitor.id);
    },
  });
}

/** Octavia documents the same limit, but accepts a longer timeout. */
function rejectLongTimeout({ delay, timeout }: Pick<HealthMonitor, "delay" | "timeout">): void {
  if (timeout >= delay) throw badRequest("a monitor must be done waiting before it asks again");
}
