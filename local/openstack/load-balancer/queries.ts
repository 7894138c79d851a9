import type { JsonObject } from "../../http/json";
import { badRequest, conflict } from "../api/api-error";
import { type Subnet, SUBNETS } from "../network/models";
import type { Store } from "../store";
import { HEALTH_MONITORS, LISTENERS, LOAD_BALANCERS, type Member, MEMBERS, POOLS } from "./models";
import type { BalancingApi } from "./rules";

/** Marks a load balancer as being updated. Rejects a change while another one is in progress. */
export function beginUpdate(store: Store, id: string): void {
  const { provisioning_status: status } = store.get(LOAD_BALANCERS, id);
  if (status !== "ACTIVE")
    throw conflict("Immutable", `Load Balancer ${id} is immutable and cannot be updated: it is ${status}.`);
  store.change(LOAD_BALANCERS, id, { provisioning_status: "PENDING_UPDATE" });
  activateAfterPoll(store, id);
}

/** The status fields of a child of a load balancer. Neutron's API has none: there, clients read the statuses of the load balancer. */
export function childStatus(store: Store, api: BalancingApi, id: string | undefined): JsonObject {
  return api === "octavia" ? { provisioning_status: store.find(LOAD_BALANCERS, id)?.provisioning_status } : {};
}

/** The subnet in a request. Octavia reports an unknown one as an invalid request, its predecessor as a missing object. */
export function subnetOf(store: Store, api: BalancingApi, id: string): Subnet {
  const subnet = api === "octavia" ? store.find(SUBNETS, id) : store.get(SUBNETS, id);
  if (subnet === undefined) throw badRequest(`Subnet ${id} not found.`);
  return subnet;
}

/** Schedules a load balancer to become active after the next poll. */
export function activateAfterPoll(store: Store, id: string): void {
  store.afterPolls(LOAD_BALANCERS, id, 1, () =>
    store.change(LOAD_BALANCERS, id, { provisioning_status: "ACTIVE", operating_status: "ONLINE" }),
  );
}

/** The members of a pool. */
export function membersOf(store: Store, poolId: string): readonly Member[] {
  const { id } = store.get(POOLS, poolId);
  return store.all(MEMBERS).filter(({ pool }) => pool === id);
}

/** Deletes a pool with its members and its health monitor. */
export function removePool(store: Store, id: string): void {
  for (const member of store.all(MEMBERS)) if (member.pool === id) store.remove(MEMBERS, member.id);
  for (const monitor of store.all(HEALTH_MONITORS)) if (monitor.pool === id) store.remove(HEALTH_MONITORS, monitor.id);
  for (const listener of store.all(LISTENERS))
    if (listener.default_pool_id === id) store.change(LISTENERS, listener.id, { default_pool_id: null });
  store.remove(POOLS, id);
}
