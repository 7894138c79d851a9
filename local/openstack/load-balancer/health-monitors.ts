import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import type { Route } from "../call";
import { collection } from "../collection";
import { between, flag, list, oneOf, read, text, whole, word } from "../fields";
import { badRequest, conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { LOAD_BALANCERS, touch } from "./load-balancers";
import { POOLS } from "./pools";

/** How a pool knows which of its members are well. */
export interface HealthMonitor extends Row {
  readonly name: string;
  /** Id of the pool. */
  readonly pool: string;
  readonly delay: number;
  readonly timeout: number;
}

export const HEALTH_MONITORS = new Kind<HealthMonitor>("Health monitor");

const CHANGEABLE = {
  name: text,
  admin_state_up: flag,
  delay: between(1, 86_400),
  timeout: between(1, 86_400),
  max_retries: between(1, 10),
  max_retries_down: between(1, 10),
  url_path: word,
  http_method: word,
  expected_codes: word,
  host_header: word,
  health_check_port: whole,
  tags: list(text),
};

/** Health monitors of either cloud. */
export function healthMonitors(world: World): readonly Route[] {
  const balancerOf = ({ pool }: HealthMonitor): string => world.get(POOLS, pool).balancer;
  const view = ({ pool, ...monitor }: HealthMonitor): JsonObject => ({
    ...monitor,
    pools: [{ id: pool }],
    provisioning_status: world.find(LOAD_BALANCERS, world.find(POOLS, pool)?.balancer)?.provisioning_status,
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
      const { delay, timeout, max_retries } = CHANGEABLE;
      const { pool_id, ...given } = read(call, {
        wrapper: "healthmonitor",
        required: {
          pool_id: word,
          type: oneOf("TCP", "HTTP", "HTTPS", "PING", "TLS-HELLO", "UDP-CONNECT"),
          delay,
          timeout,
          max_retries,
        },
        optional: { ...CHANGEABLE, tenant_id: word, project_id: word },
      });
      if (given.timeout > given.delay) throw badRequest("a monitor must not wait longer than until it asks again");
      if (world.all(HEALTH_MONITORS).some(({ pool }) => pool === pool_id))
        throw conflict("DuplicateHealthMonitor", `pool ${pool_id} has a health monitor already`);
      touch(world, world.get(POOLS, pool_id).balancer);
      const http = given.type.startsWith("HTTP") ? { http_method: "GET", url_path: "/", expected_codes: "200" } : {};
      const empty = { name: "", admin_state_up: true, max_retries_down: 3, tags: [], operating_status: "ONLINE" };
      return world.add(HEALTH_MONITORS, { ...OWNER, ...empty, ...http, ...given, id: world.newId(), pool: pool_id });
    },
    update: (call, monitor) => {
      const given = read(call, { wrapper: "healthmonitor", optional: CHANGEABLE });
      touch(world, balancerOf(monitor));
      return world.change(HEALTH_MONITORS, monitor.id, given);
    },
    remove: (monitor) => {
      touch(world, balancerOf(monitor));
      world.remove(HEALTH_MONITORS, monitor.id);
    },
  });
}
