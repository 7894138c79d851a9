import type { JsonObject } from "../../../http/json";
import { param, type Route } from "../../api/call";
import type { Store } from "../../store";
import { HEALTH_MONITORS, LISTENERS, LOAD_BALANCERS, type LoadBalancer, MEMBERS, type Pool, POOLS } from "../models";

/** How a load balancer and everything below it are. NHN Cloud does not document it, but its own provider asks for it. */
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

/** All parts have the status of the whole, for one change is under way at a time. */
function tree(store: Store, { id, name, provisioning_status, operating_status = null }: LoadBalancer): JsonObject {
  const status = { provisioning_status, operating_status };
  const monitorView = ({ id: pool }: Pool): JsonObject => {
    const monitor = store.all(HEALTH_MONITORS).find((one) => one.pool === pool);
    return monitor === undefined ? {} : { id: monitor.id, type: monitor.type, provisioning_status };
  };
  const poolView = (pool: Pool): JsonObject => ({
    ...{ id: pool.id, name: pool.name, ...status },
    members: store
      .all(MEMBERS)
      .filter((member) => member.pool === pool.id)
      .map(({ id, address, protocol_port }) => ({ id, address, protocol_port, ...status })),
    healthmonitor: monitorView(pool),
  });
  const pools = store.all(POOLS).filter(({ balancer }) => balancer === id);
  const listeners = store.all(LISTENERS).filter(({ balancer }) => balancer === id);
  return {
    ...{ id, name, ...status },
    listeners: listeners.map((listener) => ({
      ...{ id: listener.id, name: listener.name, ...status },
      pools: pools.filter((pool) => pool.id === listener.default_pool_id).map(poolView),
    })),
    pools: pools.map(poolView),
  };
}
