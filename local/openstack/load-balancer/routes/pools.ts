import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { badRequest } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anything, between, flag, list, object, oneOf, orNull, read, text, word } from "../../api/fields";
import type { World } from "../../store";
import { HEALTH_MONITORS, LISTENERS, LOAD_BALANCERS, MEMBERS, type Pool, POOLS } from "../models";
import { partStatus, removePool, touch } from "../queries";
import type { BalancingApi } from "../rules";

const EITHER = { name: text, description: text, admin_state_up: flag };

const PERSISTENCE = object({ type: oneOf("SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE") }, { cookie_name: orNull(text) });

/** What each API takes, and what it shows of what was not said. */
const OWN = {
  octavia: {
    protocol: oneOf("TCP", "UDP", "HTTP", "HTTPS", "PROXY"),
    changeable: {
      ...EITHER,
      lb_algorithm: oneOf("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"),
      session_persistence: orNull(anything),
      tags: list(text),
    },
    fixed: { tenant_id: word, project_id: word },
    shown: { tags: [], operating_status: "ONLINE" },
  },
  "neutron-lbaas": {
    protocol: oneOf("TCP", "HTTP", "HTTPS", "PROXY"),
    changeable: {
      ...EITHER,
      lb_algorithm: oneOf("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"),
      session_persistence: orNull(PERSISTENCE),
      member_port: between(1, 65_535),
    },
    fixed: {},
    shown: { member_port: -1 },
  },
} as const;

/** Pools of either cloud. */
export function pools(world: World, api: BalancingApi): readonly Route[] {
  const { protocol, changeable, fixed, shown } = OWN[api];
  const view = ({ balancer, ...pool }: Pool): JsonObject => ({
    ...pool,
    loadbalancers: [{ id: balancer }],
    listeners: world
      .all(LISTENERS)
      .filter(({ default_pool_id }) => default_pool_id === pool.id)
      .map(({ id }) => ({ id })),
    members: world
      .all(MEMBERS)
      .filter((member) => member.pool === pool.id)
      .map(({ id }) => ({ id })),
    healthmonitor_id: world.all(HEALTH_MONITORS).find((monitor) => monitor.pool === pool.id)?.id ?? "",
    ...partStatus(world, api, balancer),
  });
  return collection(world, {
    kind: POOLS,
    path: "/v2.0/lbaas/pools",
    one: "pool",
    many: "pools",
    filters: ["id", "name", "protocol", "lb_algorithm", "project_id", "tenant_id"],
    view,
    looked: ({ balancer }) => world.looked(LOAD_BALANCERS, balancer),
    create: (call) => {
      const { loadbalancer_id, listener_id, ...given } = read(call, {
        wrapper: "pool",
        required: { lb_algorithm: changeable.lb_algorithm, protocol },
        optional: { ...changeable, ...fixed, loadbalancer_id: word, listener_id: word },
      });
      const listener = listener_id === undefined ? undefined : world.get(LISTENERS, listener_id);
      const balancer = listener?.balancer ?? loadbalancer_id;
      if (balancer === undefined) throw badRequest("a pool belongs to a load balancer or to a listener");
      touch(world, balancer);
      const empty = {
        name: "",
        description: "",
        admin_state_up: true,
        session_persistence: null,
        ...shown,
      };
      const pool = world.add(POOLS, { ...OWNER, ...empty, ...given, id: world.newId(), balancer });
      if (listener !== undefined) world.change(LISTENERS, listener.id, { default_pool_id: pool.id });
      return pool;
    },
    update: (call, { id, balancer }) => {
      const given = read(call, { wrapper: "pool", optional: changeable });
      touch(world, balancer);
      return world.change(POOLS, id, given);
    },
    remove: ({ id, balancer }) => {
      touch(world, balancer);
      removePool(world, id);
    },
  });
}
