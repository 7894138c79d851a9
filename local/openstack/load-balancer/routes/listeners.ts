import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import {
  anyJson,
  integerBetween,
  flag,
  list,
  oneOf,
  nullable,
  read,
  text,
  integer,
  nonEmptyText,
} from "../../api/fields";
import type { Store } from "../../store";
import { type Listener, LISTENERS, LOAD_BALANCERS, POOLS } from "../models";
import { childStatus, beginUpdate } from "../queries";
import type { BalancingApi } from "../rules";

const COMMON = {
  name: text,
  description: text,
  admin_state_up: flag,
  connection_limit: integer,
  default_pool_id: nullable(nonEmptyText),
  default_tls_container_ref: nullable(nonEmptyText),
  sni_container_refs: list(nonEmptyText),
};

/** What each API takes, and what it shows of what was not said. */
const VARIANTS = {
  octavia: {
    protocol: oneOf("TCP", "UDP", "HTTP", "HTTPS", "TERMINATED_HTTPS"),
    changeable: {
      ...COMMON,
      timeout_client_data: integer,
      timeout_member_connect: integer,
      timeout_member_data: integer,
      timeout_tcp_inspect: integer,
      insert_headers: anyJson,
      allowed_cidrs: list(nonEmptyText),
      tags: list(text),
    },
    owners: { tenant_id: nonEmptyText, project_id: nonEmptyText },
    shown: {
      timeout_client_data: 50_000,
      timeout_member_connect: 5_000,
      timeout_member_data: 50_000,
      timeout_tcp_inspect: 0,
      insert_headers: {},
      allowed_cidrs: null,
      l7policies: [],
      tags: [],
      operating_status: "ONLINE",
    },
  },
  "neutron-lbaas": {
    protocol: oneOf("TCP", "HTTP", "HTTPS", "TERMINATED_HTTPS"),
    changeable: { ...COMMON, keepalive_timeout: integer },
    owners: {},
    shown: { keepalive_timeout: 300 },
  },
} as const;

/** Listeners of either cloud. */
export function listeners(store: Store, api: BalancingApi): readonly Route[] {
  const { protocol, changeable, owners, shown } = VARIANTS[api];
  const view = ({ balancer, ...listener }: Listener): JsonObject => ({
    ...listener,
    loadbalancers: [{ id: balancer }],
    ...childStatus(store, api, balancer),
  });
  return collection(store, {
    kind: LISTENERS,
    path: "/v2.0/lbaas/listeners",
    singular: "listener",
    plural: "listeners",
    filters: ["id", "name", "protocol", "protocol_port", "project_id", "tenant_id"],
    view,
    onPoll: ({ balancer }) => store.recordPoll(LOAD_BALANCERS, balancer),
    create: (call) => {
      const { loadbalancer_id, ...given } = read(call, {
        wrapper: "listener",
        required: {
          loadbalancer_id: nonEmptyText,
          protocol,
          protocol_port: integerBetween(1, 65_535),
        },
        optional: { ...changeable, ...owners },
      });
      if (
        store
          .all(LISTENERS)
          .some(({ balancer, protocol_port }) => balancer === loadbalancer_id && protocol_port === given.protocol_port)
      )
        throw conflict(
          "DuplicateListenerEntry",
          `Another Listener on this Load Balancer is already using protocol_port ${given.protocol_port}`,
        );
      if (typeof given.default_pool_id === "string") store.get(POOLS, given.default_pool_id);
      beginUpdate(store, loadbalancer_id);
      const empty = { name: "", description: "", admin_state_up: true, connection_limit: -1, default_pool_id: null };
      const none = { default_tls_container_ref: null, sni_container_refs: [] };
      return store.add(LISTENERS, {
        ...OWNER,
        ...empty,
        ...none,
        ...shown,
        ...given,
        id: store.newId(),
        balancer: loadbalancer_id,
      });
    },
    update: (call, { id, balancer }) => {
      const given = read(call, { wrapper: "listener", optional: changeable });
      beginUpdate(store, balancer);
      return store.change(LISTENERS, id, given);
    },
    remove: ({ id, balancer }) => {
      beginUpdate(store, balancer);
      store.remove(LISTENERS, id);
    },
  });
}
