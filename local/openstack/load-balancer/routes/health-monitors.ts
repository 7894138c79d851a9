import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { badRequest, conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { between, flag, list, oneOf, read, text, word } from "../../api/fields";
import type { World } from "../../store";
import { HEALTH_MONITORS, type HealthMonitor, LOAD_BALANCERS, POOLS } from "../models";
import { partStatus, touch } from "../queries";
import type { BalancingApi } from "../rules";

const TIMES = { delay: between(1, 86_400), timeout: between(1, 86_400), max_retries: between(1, 10) };

const EITHER = { ...TIMES, admin_state_up: flag, url_path: word, http_method: word, expected_codes: word };

/** What each API takes, and what it shows of what was not said. */
const OWN = {
  octavia: {
    type: oneOf("TCP", "HTTP", "HTTPS", "PING", "TLS-HELLO", "UDP-CONNECT"),
    changeable: { ...EITHER, name: text, max_retries_down: between(1, 10), tags: list(text) },
    owners: { tenant_id: word, project_id: word },
    shown: { max_retries_down: 3, tags: [], operating_status: "ONLINE" },
  },
  "neutron-lbaas": {
    type: oneOf("TCP", "HTTP", "HTTPS"),
    changeable: { ...EITHER, health_check_port: between(1, 65_535), host_header: word },
    owners: {},
    shown: { max_retries_down: 3, health_check_port: null, host_header: null },
  },
} as const;

/** Health monitors of either cloud. */
export function healthMonitors(world: World, api: BalancingApi): readonly Route[] {
  const { type, changeable, owners, shown } = OWN[api];
  const balancerOf = ({ pool }: HealthMonitor): string => world.get(POOLS, pool).balancer;
  const view = ({ pool, ...monitor }: HealthMonitor): JsonObject => ({
    ...monitor,
    pools: [{ id: pool }],
    ...partStatus(world, api, world.find(POOLS, pool)?.balancer),
  });
  return collection(world, {
    kind: HEALTH_MONITORS,
    path: "/v2.0/lbaas/healthmonitors",
    one: "healthmonitor",
    many: "healthmonitors",
    filters: ["id", "name", "type", "project_id", "tenant_id"],
    view,
    looked: (monitor) => world.looked(LOAD_BALANCERS, balancerOf(monitor)),
    create: (call) => {
      const { pool_id, ...given } = read(call, {
        wrapper: "healthmonitor",
        required: { pool_id: word, type, ...TIMES },
        optional: { ...changeable, ...owners },
      });
      refuseLong(given);
      if (world.all(HEALTH_MONITORS).some(({ pool }) => pool === pool_id))
        throw conflict("DuplicateHealthMonitor", `pool ${pool_id} has a health monitor already`);
      touch(world, world.get(POOLS, pool_id).balancer);
      const http = given.type.startsWith("HTTP") ? { http_method: "GET", url_path: "/", expected_codes: "200" } : {};
      const empty = { name: "", admin_state_up: true, ...shown };
      return world.add(HEALTH_MONITORS, { ...OWNER, ...empty, ...http, ...given, id: world.newId(), pool: pool_id });
    },
    update: (call, monitor) => {
      const given = read(call, { wrapper: "healthmonitor", optional: changeable });
      refuseLong({ ...monitor, ...given });
      touch(world, balancerOf(monitor));
      return world.change(HEALTH_MONITORS, monitor.id, given);
    },
    remove: (monitor) => {
      touch(world, balancerOf(monitor));
      world.remove(HEALTH_MONITORS, monitor.id);
    },
  });
}

function refuseLong({ delay, timeout }: Pick<HealthMonitor, "delay" | "timeout">): void {
  if (timeout >= delay) throw badRequest("a monitor must be done waiting before it asks again");
}
