import type { JsonObject } from "../../../http/json";
import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { anything, between, flag, list, oneOf, orNull, read, text, whole, word } from "../../api/fields";
import type { World } from "../../store";
import { type Listener, LISTENERS, LOAD_BALANCERS, POOLS } from "../models";
import { partStatus, touch } from "../queries";
import type { BalancingApi } from "../rules";

const EITHER = {
  name: text,
  description: text,
  admin_state_up: flag,
  connection_limit: whole,
  default_pool_id: orNull(word),
  default_tls_container_ref: orNull(word),
  sni_container_refs: list(word),
};

/** What each API takes, and what it shows of what was not said. */
const OWN = {
  octavia: {
    protocol: oneOf("TCP", "UDP", "HTTP", "HTTPS", "TERMINATED_HTTPS"),
    changeable: {
      ...EITHER,
      timeout_client_data: whole,
      timeout_member_connect: whole,
      timeout_member_data: whole,
      timeout_tcp_inspect: whole,
      insert_headers: anything,
      allowed_cidrs: list(word),
      tags: list(text),
    },
    owners: { tenant_id: word, project_id: word },
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
    changeable: { ...EITHER, keepalive_timeout: whole },
    owners: {},
    shown: { keepalive_timeout: 300 },
  },
} as const;

/** Listeners of either cloud. */
export function listeners(world: World, api: BalancingApi): readonly Route[] {
  const { protocol, changeable, owners, shown } = OWN[api];
  const view = ({ balancer, ...listener }: Listener): JsonObject => ({
    ...listener,
    loadbalancers: [{ id: balancer }],
    ...partStatus(world, api, balancer),
  });
  return collection(world, {
    kind: LISTENERS,
    path: "/v2.0/lbaas/listeners",
    one: "listener",
    many: "listeners",
    filters: ["id", "name", "protocol", "protocol_port", "project_id", "tenant_id"],
    view,
    looked: ({ balancer }) => world.looked(LOAD_BALANCERS, balancer),
    create: (call) => {
      const { loadbalancer_id, ...given } = read(call, {
        wrapper: "listener",
        required: {
          loadbalancer_id: word,
          protocol,
          protocol_port: between(1, 65_535),
        },
        optional: { ...changeable, ...owners },
      });
      if (
        world
          .all(LISTENERS)
          .some(({ balancer, protocol_port }) => balancer === loadbalancer_id && protocol_port === given.protocol_port)
      )
        throw conflict(
          "DuplicateListenerEntry",
          `Another Listener on this Load Balancer is already using protocol_port ${given.protocol_port}`,
        );
      if (typeof given.default_pool_id === "string") world.get(POOLS, given.default_pool_id);
      touch(world, loadbalancer_id);
      const empty = { name: "", description: "", admin_state_up: true, connection_limit: -1, default_pool_id: null };
      const none = { default_tls_container_ref: null, sni_container_refs: [] };
      return world.add(LISTENERS, {
        ...OWNER,
        ...empty,
        ...none,
        ...shown,
        ...given,
        id: world.newId(),
        balancer: loadbalancer_id,
      });
    },
    update: (call, { id, balancer }) => {
      const given = read(call, { wrapper: "listener", optional: changeable });
      touch(world, balancer);
      return world.change(LISTENERS, id, given);
    },
    remove: ({ id, balancer }) => {
      touch(world, balancer);
      world.remove(LISTENERS, id);
    },
  });
}
