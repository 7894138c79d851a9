import { conflict } from "../../api/api-error";
import type { Call, Reply } from "../../api/call";
import { read, word } from "../../api/fields";
import type { World } from "../../store";
import { FLAVORS, type Server, SERVERS } from "../models";

/**
 * Gives a machine another size.
 *
 * A standard OpenStack then waits to be told that it went well; NHN Cloud takes that for granted, and a client that waits for
 * the question waits in vain.
 */
export function resize(world: World, call: Call, server: Server, confirmsItself: boolean): Reply {
  const { flavorRef } = read(call, { wrapper: "resize", required: { flavorRef: word } });
  if (flavorRef === server.flavor_id) throw conflict("Conflict", "When resizing, instances must change flavor!");
  const { id: flavor_id } = world.get(FLAVORS, flavorRef);
  const { id } = server;
  const before = server.status === "SHUTOFF" ? "SHUTOFF" : "ACTIVE";
  world.change(SERVERS, id, { status: "RESIZE", task_state: "resize_prep", flavor_id, before });
  const status = confirmsItself ? before : "VERIFY_RESIZE";
  world.afterPolls(SERVERS, id, 1, () => world.change(SERVERS, id, { status, task_state: null }));
  return {};
}

/** Takes the new size for good. */
export function confirmResize(world: World, server: Server): Reply {
  if (server.status !== "VERIFY_RESIZE")
    throw conflict("Conflict", `Instance ${server.id} has not been resized, or has not finished`);
  world.change(SERVERS, server.id, { status: server.before });
  return {};
}
