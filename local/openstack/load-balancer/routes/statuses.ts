import type { JsonObject } from "../../../http/json";
import { param, type Route } from "../../api/call";
import type { Store } from "../../store";
import { HEALTH_MONITORS, LISTENERS, LOAD_BALANCERS, type LoadBalancer, MEMBERS, type Pool, POOLS } from "../models";

/** The statuses of a load balancer and its children. NHN Cloud does not document this path, but its own provider reads it. */
export function statuses(store: Store): Route {
  return {
    method: "GET",
    path: "/v2.0/lbaas/loadbalancers/:id/statuses",
    handle: (call) => {
      const balancer = store.get(LOAD_BALANCERS, param(call));
      const body = { statuses: { loadbalancer: tree(store, balancer) } };
      store.recordPoll(LOAD_BALANCERS, balancer.id);
      return { body };
    },
  };
}

/** All children have the status of the load balancer, because only one change can be in progress at a time. */
function tree(store: Store, { id, name, provisioning_status, operating_status = null }: LoadBalancer): JsonObject {
  const status = { provisioning_status, operating_status };
  const monitorView = ({ id: pool }: Pool): JsonObject => {
    const monitor = store.all(HEALTH_MONITORS).find((candidate) => candidate.pool === pool);
    return monitor === undefined ? {} : { id: monitor.id, type: monitor.type, provisioning_status };
  };
  const poolView = (pool: Pool): JsonObject => ({
    id: pool.id,
    name: pool.name,
    ...status,
    members: store
      .all(MEMBERS)
      .filter((member) => member.pool === pool.id)
      .map(({ id, address, protocol_port }) => ({ id, address, protocol_port, ...status })),
    healthmonitor: monitorView(pool),
  });
  const pools = store.all(POOLS).filter(({ balancer }) => balancer === id);
  const listeners = store.all(LISTENERS).filter(({ balancer }) => balancer === id);
  return {
    id,
    name,
    ...status,
    listeners: listeners.map((listener) => ({
      id: listener.id,
      name: listener.name,
      ...status,
      pools: pools.filter((pool) => pool.id === listener.default_pool_id).map(poolView),
    })),
    pools: pools.map(poolView),
  };
}
