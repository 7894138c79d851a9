import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import {
  anyJson,
  flag,
  integerBetween,
  list,
  nonEmptyText,
  nullable,
  object,
  oneOf,
  read,
  text,
} from "../../api/fields";
import type { Store } from "../../store";
import { HEALTH_MONITORS, LISTENERS, LOAD_BALANCERS, MEMBERS, type Pool, POOLS } from "../models";
import { beginUpdate, childStatus, removePool } from "../queries";
import type { BalancingApi } from "../rules";

const COMMON = { name: text, description: text, admin_state_up: flag };

const PERSISTENCE = object({ type: oneOf("SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE") }, { cookie_name: nullable(text) });

/** The fields that each API accepts, and the defaults that it shows. */
const VARIANTS = {
  octavia: {
    protocol: oneOf("TCP", "UDP", "HTTP", "HTTPS", "PROXY"),
    changeable: {
      ...COMMON,
      lb_algorithm: oneOf("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"),
      session_persistence: nullable(anyJson),
      tags: list(text),
    },
    fixed: { tenant_id: nonEmptyText, project_id: nonEmptyText },
    shown: { tags: [], operating_status: "ONLINE" },
  },
  "neutron-lbaas": {
    protocol: oneOf("TCP", "HTTP", "HTTPS", "PROXY"),
    changeable: {
      ...COMMON,
      lb_algorithm: oneOf("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"),
      session_persistence: nullable(PERSISTENCE),
      member_port: integerBetween(1, 65_535),
    },
    fixed: {},
    shown: { member_port: -1 },
  },
} as const;

/** Pools, in both APIs. */
export function pools(store: Store, api: BalancingApi): readonly Route[] {
  return collection(store, {
    kind: POOLS,
    path: "/v2.0/lbaas/pools",
    singular: "pool",
    plural: "pools",
    filters: ["id", "name", "protocol", "lb_algorithm", "project_id", "tenant_id"],
    view: (pool) => view(store, pool, api),
    onPoll: ({ balancer }) => store.recordPoll(LOAD_BALANCERS, balancer),
    create: (call) => create(store, call, api),
    update: (call, { id, balancer }) => {
      const given = read(call, { wrapper: "pool", optional: VARIANTS[api].changeable });
      beginUpdate(store, balancer);
      return store.change(POOLS, id, given);
    },
    remove: ({ id, balancer }) => {
      beginUpdate(store, balancer);
      removePool(store, id);
    },
  });
}

function view(store: Store, { balancer, ...pool }: Pool, api: BalancingApi): JsonObject {
  return {
    ...pool,
    loadbalancers: [{ id: balancer }],
    listeners: store
      .all(LISTENERS)
      .filter(({ default_pool_id }) => default_pool_id === pool.id)
      .map(({ id }) => ({ id })),
    members: store
      .all(MEMBERS)
      .filter((member) => member.pool === pool.id)
      .map(({ id }) => ({ id })),
    healthmonitor_id: store.all(HEALTH_MONITORS).find((monitor) => monitor.pool === pool.id)?.id ?? "",
    ...childStatus(store, api, balancer),
  };
}

function create(store: Store, call: Call, api: BalancingApi): Pool {
  const { protocol, changeable, fixed, shown } = VARIANTS[api];
  const { loadbalancer_id, listener_id, ...given } = read(call, {
    wrapper: "pool",
    required: { lb_algorithm: changeable.lb_algorithm, protocol },
    optional: { ...changeable, ...fixed, loadbalancer_id: nonEmptyText, listener_id: nonEmptyText },
  });
  const listener = listener_id === undefined ? undefined : store.get(LISTENERS, listener_id);
  const balancer = listener?.balancer ?? loadbalancer_id;
  if (listener?.default_pool_id != null) throw conflict("ListenerPool", "This listener already has a default pool");
  if (balancer === undefined) throw badRequest("a pool belongs to a load balancer or to a listener");
  beginUpdate(store, balancer);
  const defaults = { name: "", description: "", admin_state_up: true, session_persistence: null, ...shown };
  const pool = store.add(POOLS, { ...OWNER, ...defaults, ...given, id: store.newId(), balancer });
  if (listener !== undefined) store.change(LISTENERS, listener.id, { default_pool_id: pool.id });
  return pool;
}
