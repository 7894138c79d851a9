import type { JsonObject } from "../../aws/gateway/answer";
import { OWNER } from "../account";
import type { Route } from "../call";
import { collection } from "../collection";
import { anything, between, flag, list, oneOf, orNull, read, text, whole, word } from "../fields";
import { conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { LOAD_BALANCERS, touch } from "./load-balancers";
import { POOLS } from "./pools";

/** A port on which a load balancer listens. */
export interface Listener extends Row {
  readonly name: string;
  /** Id of the load balancer. */
  readonly balancer: string;
  readonly protocol: string;
  readonly protocol_port: number;
  readonly default_pool_id: string | null;
}

export const LISTENERS = new Kind<Listener>("Listener");

const CHANGEABLE = {
  name: text,
  description: text,
  admin_state_up: flag,
  connection_limit: whole,
  default_pool_id: orNull(word),
  default_tls_container_ref: orNull(word),
  sni_container_refs: list(word),
  timeout_client_data: whole,
  timeout_member_connect: whole,
  timeout_member_data: whole,
  timeout_tcp_inspect: whole,
  keepalive_timeout: whole,
  insert_headers: anything,
  allowed_cidrs: list(word),
  tags: list(text),
};

/** Listeners of either cloud. */
export function listeners(world: World): readonly Route[] {
  const view = ({ balancer, ...listener }: Listener): JsonObject => ({
    ...listener,
    loadbalancers: [{ id: balancer }],
    provisioning_status: world.find(LOAD_BALANCERS, balancer)?.provisioning_status,
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
          protocol: oneOf("TCP", "UDP", "HTTP", "HTTPS", "TERMINATED_HTTPS"),
          protocol_port: between(1, 65_535),
        },
        optional: { ...CHANGEABLE, tenant_id: word, project_id: word },
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
      const none = {
        default_tls_container_ref: null,
        sni_container_refs: [],
        insert_headers: {},
        allowed_cidrs: null,
        l7policies: [],
        tags: [],
      };
      const times = {
        timeout_client_data: 50_000,
        timeout_member_connect: 5_000,
        timeout_member_data: 50_000,
        timeout_tcp_inspect: 0,
      };
      return world.add(LISTENERS, {
        ...OWNER,
        ...empty,
        ...none,
        ...times,
        operating_status: "ONLINE",
        ...given,
        id: world.newId(),
        balancer: loadbalancer_id,
      });
    },
    update: (call, { id, balancer }) => {
      const given = read(call, { wrapper: "listener", optional: CHANGEABLE });
      touch(world, balancer);
      return world.change(LISTENERS, id, given);
    },
    remove: ({ id, balancer }) => {
      touch(world, balancer);
      world.remove(LISTENERS, id);
    },
  });
}
