import type { JsonObject } from "../../http/json";
import { conflict } from "../api/api-error";
import type { World } from "../store";
import { HEALTH_MONITORS, LISTENERS, LOAD_BALANCERS, type Member, MEMBERS, POOLS } from "./models";
import type { BalancingApi } from "./rules";

/** Says that a load balancer is about to change. Refuses while it does so already. */
export function touch(world: World, id: string): void {
  const { provisioning_status: status } = world.get(LOAD_BALANCERS, id);
  if (status !== "ACTIVE")
    throw conflict("Immutable", `Load Balancer ${id} is immutable and cannot be updated: it is ${status}.`);
  world.change(LOAD_BALANCERS, id, { provisioning_status: "PENDING_UPDATE" });
  settle(world, id);
}

/** The status that a part of a load balancer shows. Neutron shows none: who wants to know asks for the statuses of all. */
export function partStatus(world: World, api: BalancingApi, id: string | undefined): JsonObject {
  return api === "octavia" ? { provisioning_status: world.find(LOAD_BALANCERS, id)?.provisioning_status } : {};
}

export function settle(world: World, id: string): void {
  world.afterPolls(LOAD_BALANCERS, id, 1, () =>
    world.change(LOAD_BALANCERS, id, { provisioning_status: "ACTIVE", operating_status: "ONLINE" }),
  );
}

export function membersOf(world: World, poolId: string): readonly Member[] {
  const { id } = world.get(POOLS, poolId);
  return world.all(MEMBERS).filter(({ pool }) => pool === id);
}

/** Takes a pool away, with its members and its monitor. */
export function removePool(world: World, id: string): void {
  for (const member of world.all(MEMBERS)) if (member.pool === id) world.remove(MEMBERS, member.id);
  for (const monitor of world.all(HEALTH_MONITORS)) if (monitor.pool === id) world.remove(HEALTH_MONITORS, monitor.id);
  for (const listener of world.all(LISTENERS))
    if (listener.default_pool_id === id) world.change(LISTENERS, listener.id, { default_pool_id: null });
  world.remove(POOLS, id);
}
