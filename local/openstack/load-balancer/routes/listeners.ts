import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import {
  anyJson,
  flag,
  integer,
  integerBetween,
  list,
  nonEmptyText,
  nullable,
  oneOf,
  read,
  text,
} from "../../api/fields";
import type { Store } from "../../store";
import { type Listener, LISTENERS, LOAD_BALANCERS, POOLS } from "../models";
import { beginUpdate, childStatus } from "../queries";
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

/** The fields that each API accepts, and the defaults that it shows. */
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

const DEFAULTS = {
  name: "",
  description: "",
  admin_state_up: true,
  connection_limit: -1,
  default_pool_id: null,
  default_tls_container_ref: null,
  sni_container_refs: [],
};

/** Listeners, in both APIs. */
export function listeners(store: Store, api: BalancingApi): readonly Route[] {
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
    create: (call) => create(store, call, api),
    update: (call, { id, balancer }) => {
      const given = read(call, { wrapper: "listener", optional: VARIANTS[api].changeable });
      beginUpdate(store, balancer);
      return store.change(LISTENERS, id, given);
    },
    remove: ({ id, balancer }) => {
      beginUpdate(store, balancer);
      store.remove(LISTENERS, id);
    },
  });
}

function create(store: Store, call: Call, api: BalancingApi): Listener {
  const { protocol, changeable, owners, shown } = VARIANTS[api];
  const { loadbalancer_id: balancer, ...given } = read(call, {
    wrapper: "listener",
    required: { loadbalancer_id: nonEmptyText, protocol, protocol_port: integerBetween(1, 65_535) },
    optional: { ...changeable, ...owners },
  });
  const { protocol_port: port } = given;
  const isSame = (other: Listener): boolean =>
    other.balancer === balancer &&
    other.protocol_port === port &&
    // TCP and UDP have ports of their own.
    (other.protocol === "UDP") === (given.protocol === "UDP");
  if (store.all(LISTENERS).some(isSame))
    throw conflict(
      "DuplicateListenerEntry",
      `Another Listener on this Load Balancer is already using protocol_port ${port}`,
    );
  if (typeof given.default_pool_id === "string") store.get(POOLS, given.default_pool_id);
  beginUpdate(store, balancer);
  return store.add(LISTENERS, { ...OWNER, ...DEFAULTS, ...shown, ...given, id: store.newId(), balancer });
}
